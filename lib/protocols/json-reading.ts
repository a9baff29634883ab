import { LongInteger, parseExact } from './exact-json.ts'
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts'
import { ProtocolError } from './protocol-error.ts'

/*
 * Strict readers, for what callers send: absent and null are null, a value of another type is refused by its path.
 * `path` is that of the object, empty for the whole body.
 */

export function readString(object: JsonObject, key: string, path = ''): string | null {
  const value = object[key] ?? null
  if (value === null || typeof value === 'string') return value
  throw wrongType(path, key, 'a string')
}

export function requireString(object: JsonObject, key: string, path = ''): string {
  const value = readString(object, key, path)
  if (value === null) throw new ProtocolError(`${fieldPath(path, key)} is missing.`, fieldPath(path, key))
  return value
}

export function readNumber(object: JsonObject, key: string, path = ''): number | null {
  const value = object[key] ?? null
  if (value === null || typeof value === 'number') return value
  if (isLong(value)) return Number(value.digits)
  throw wrongType(path, key, 'a number')
}

export function readBoolean(object: JsonObject, key: string, path = ''): boolean | null {
  const value = object[key] ?? null
  if (value === null || typeof value === 'boolean') return value
  throw wrongType(path, key, 'true or false')
}

export function readObject(object: JsonObject, key: string, path = ''): JsonObject | null {
  const value = object[key] ?? null
  if (value === null || isJsonObject(value)) return value
  throw wrongType(path, key, 'an object')
}

export function readArray(object: JsonObject, key: string, path = ''): readonly JsonValue[] | null {
  const value = object[key] ?? null
  if (value === null || Array.isArray(value)) return value
  throw wrongType(path, key, 'an array')
}

/** Empty where there is none. */
export function readObjects(object: JsonObject, key: string, path = ''): readonly JsonObject[] {
  return (readArray(object, key, path) ?? []).map((item, index) => {
    if (isJsonObject(item)) return item
    throw wrongType(path, `${key}[${index}]`, 'an object')
  })
}

/** Empty where there is none. */
export function readStrings(object: JsonObject, key: string, path = ''): readonly string[] {
  return (readArray(object, key, path) ?? []).map((item, index) => {
    if (typeof item === 'string') return item
    throw wrongType(path, `${key}[${index}]`, 'a string')
  })
}

export function fieldPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

function wrongType(path: string, key: string, expected: string): ProtocolError {
  const param = fieldPath(path, key)
  return new ProtocolError(`${param} must be ${expected}.`, param)
}

/* Lenient readers, for what providers answer: a value of another type counts as absent. */

export function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

export function numberOf(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return value
  return isLong(value) ? Number(value.digits) : null
}

function isLong(value: unknown): value is LongInteger {
  return value instanceof LongInteger
}

const nothing: JsonObject = Object.freeze({})

/** An empty object where there is none. */
export function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : nothing
}

/** Its objects; empty where it is no array. */
export function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

/** The object that a JSON text holds; null where it holds none. */
export function parseObject(text: string): JsonObject | null {
  try {
    const value = parseExact(text)
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

/** The object of a frame. Throws `ProtocolError` where it holds none. */
export function parseFrame(data: string): JsonObject {
  const object = parseObject(data)
  if (object === null) throw new ProtocolError('An event of the stream holds no JSON object.')
  return object
}

/** A keep-alive, or the end that OpenAI's streams tell and others now and then too. */
export function isEmptyFrame(data: string): boolean {
  const text = data.trim()
  return text === '' || text === '[DONE]'
}

/** Without the members that are null or undefined. */
export function present(members: JsonObject): JsonObject {
  const object: JsonObject = {}
  for (const [key, value] of Object.entries(members)) {
    if (value !== null && value !== undefined) object[key] = value
  }
  return object
}
