import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** References in place multiply what was sent; no tool needs as many. */
const schemasMax = 5_000
const depthMax = 64

/**
 * JSON Schema as Gemini's `Schema` (a subset of OpenAPI 3.0): references are put in place, `const` becomes `enum`, a
 * type of null becomes `nullable`, `oneOf` becomes `anyOf`. What `Schema` does not know is dropped as `<name>.<keyword>`.
 */
export function toGeminiSchema(schema: JsonObject, name: string, dropped: DroppedFields): JsonObject {
  return new SchemaWriter(schema, name, dropped).write(schema, [])
}

/** The other way: types in lower case, `nullable` as a type of null. */
export function fromGeminiSchema(schema: JsonObject, depth = 0): JsonObject {
  if (depth > depthMax) throw tooLarge('schema')
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'type' && typeof value === 'string') result['type'] = value.toLowerCase()
    else if (key === 'items' && isJsonObject(value)) result['items'] = fromGeminiSchema(value, depth + 1)
    else if ((key === 'anyOf' || key === 'prefixItems') && Array.isArray(value))
      result[key] = fromEach(value, depth + 1)
    else if (key === 'properties' && isJsonObject(value)) result['properties'] = ofEach(value, depth + 1)
    else if (key !== 'nullable') result[key] = value
  }
  if (schema['nullable'] !== true) return result
  if (typeof result['type'] === 'string') return { ...result, type: [result['type'], 'null'] }
  if (Array.isArray(result['anyOf'])) return { ...result, anyOf: [...result['anyOf'], { type: 'null' }] }
  return result
}

function fromEach(values: readonly JsonValue[], depth: number): JsonValue[] {
  return values.map((value) => (isJsonObject(value) ? fromGeminiSchema(value, depth) : value))
}

function ofEach(properties: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      isJsonObject(value) ? fromGeminiSchema(value, depth) : value,
    ]),
  )
}

const keptAsTheyAre = new Set([
  'title',
  'description',
  'default',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
  'required',
  'propertyOrdering',
  'nullable',
])
/** They say nothing about values, or are read where they are needed. */
const withoutMeaning = new Set(['$schema', '$id', '$comment', '$defs', 'definitions', '$anchor'])
const formats = new Set(['enum', 'date-time', 'float', 'double', 'int32', 'int64'])

class SchemaWriter {
  readonly #root: JsonObject
  readonly #name: string
  readonly #dropped: DroppedFields
  #written = 0
  #depth = 0

  constructor(root: JsonObject, name: string, dropped: DroppedFields) {
    this.#root = root
    this.#name = name
    this.#dropped = dropped
  }

  /** `within`: the references that lead here; one that leads to itself would never end. */
  write(schema: JsonObject, within: readonly string[]): JsonObject {
    this.#written += 1
    this.#depth += 1
    if (this.#written > schemasMax || this.#depth > depthMax) throw tooLarge(this.#name)
    const reference = textOf(schema['$ref'])
    const result: JsonObject = {}
    if (reference !== null) Object.assign(result, this.#writeReference(schema, reference, within))
    else {
      for (const [key, value] of Object.entries(schema)) {
        if (value !== undefined) this.#writeKeyword(result, key, value, within)
      }
    }
    this.#depth -= 1
    return result
  }

  #writeReference(schema: JsonObject, reference: string, within: readonly string[]): JsonObject {
    const target = within.includes(reference) ? null : resolve(this.#root, reference)
    if (target === null) {
      this.#drop('ref')
      return { type: 'object' }
    }
    const { $ref: _, ...besides } = schema
    return this.write({ ...target, ...besides }, [...within, reference])
  }

  #writeKeyword(result: JsonObject, key: string, value: JsonValue, within: readonly string[]): void {
    if (keptAsTheyAre.has(key)) result[key] = value
    else if (key === 'type') this.#writeType(result, value)
    else if (key === 'format' && typeof value === 'string' && formats.has(value)) result['format'] = value
    else if (key === 'enum' || key === 'const') this.#writeEnum(result, key, value)
    else if (key === 'items' && isJsonObject(value)) result['items'] = this.write(value, within)
    else if (key === 'properties' && isJsonObject(value)) this.#writeProperties(result, value, within)
    else if ((key === 'anyOf' || key === 'oneOf') && Array.isArray(value)) {
      this.#writeAlternatives(result, value, within)
    } else if (key === 'allOf' && Array.isArray(value)) this.#writeAll(result, value, within)
    else if (!withoutMeaning.has(key)) this.#drop(key)
  }

  #writeType(result: JsonObject, value: JsonValue): void {
    if (!Array.isArray(value)) {
      result['type'] = value
      return
    }
    const types = value.filter((type) => type !== 'null')
    if (types.length < value.length) result['nullable'] = true
    if (types.length === 1) result['type'] = types[0]
    else if (types.length > 1) result['anyOf'] = types.map((type) => ({ type }))
  }

  /** Only texts can be enumerated. */
  #writeEnum(result: JsonObject, key: string, value: JsonValue): void {
    const values = key === 'const' ? [value] : Array.isArray(value) ? value : []
    const texts = values.filter((item) => item !== null)
    if (!texts.every((item) => typeof item === 'string') || texts.length === 0) {
      this.#drop(key)
      return
    }
    result['enum'] = texts
    result['type'] ??= 'string'
    if (texts.length < values.length) result['nullable'] = true
  }

  /** An object type without any property must not name `properties` at all. */
  #writeProperties(result: JsonObject, properties: JsonObject, within: readonly string[]): void {
    const entries = Object.entries(properties).map(([key, value]): [string, JsonValue] => [
      key,
      isJsonObject(value) ? this.write(value, within) : {},
    ])
    if (entries.length > 0) result['properties'] = Object.fromEntries(entries)
  }

  #writeAlternatives(result: JsonObject, values: readonly JsonValue[], within: readonly string[]): void {
    const schemas = values.filter(isJsonObject)
    const real = schemas.filter((schema) => schema['type'] !== 'null')
    if (real.length < schemas.length) result['nullable'] = true
    const [only] = real
    if (real.length === 1 && only !== undefined) Object.assign(result, this.write(only, within))
    else result['anyOf'] = real.map((schema) => this.write(schema, within))
  }

  #writeAll(result: JsonObject, values: readonly JsonValue[], within: readonly string[]): void {
    const schemas = values.filter(isJsonObject)
    const [only] = schemas
    if (schemas.length === 1 && only !== undefined) Object.assign(result, this.write(only, within))
    else this.#drop('allOf')
  }

  #drop(keyword: string): void {
    this.#dropped.add(`${this.#name}.${keyword}`)
  }
}

function tooLarge(name: string): ProtocolError {
  return new ProtocolError(
    `${name} is nested too deeply, or too large once its references are put in place.`,
    name,
  )
}

/** What a reference such as `#/$defs/place` means; null for one that leads outside or nowhere. */
function resolve(root: JsonObject, reference: string): JsonObject | null {
  if (!reference.startsWith('#')) return null
  let target: JsonValue | undefined = root
  for (const step of reference.split('/').slice(1)) {
    if (!isJsonObject(target)) return null
    target = target[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return isJsonObject(target) ? target : null
}
