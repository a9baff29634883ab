import type { ImagePart, Message, Part, Role, TextPart, ToolResultPart } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { readObject, readObjects, readString, requireString, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { callScope, isOwnCallId } from './call-ids.ts'
import { camelKeys } from './camel-keys.ts'
import { readMedia, readModelPart } from './read-parts.ts'

const knownParts = ['text', 'inlineData', 'fileData', 'functionCall', 'functionResponse', 'thoughtSignature']

/** Reads the contents of a caller in order, because answers find their calls by name where there are no ids. */
export class ConversationReader {
  readonly #dropped: DroppedFields
  #named = 0
  /** By the tool's name: the ids of its calls, the oldest first. */
  readonly #calls = new Map<string, string[]>()

  constructor(dropped: DroppedFields) {
    this.#dropped = dropped
  }

  read(contents: readonly JsonObject[]): readonly Message[] {
    return contents.flatMap((content, index) => this.#readContent(content, `contents[${index}]`))
  }

  #readContent(content: JsonObject, path: string): readonly Message[] {
    const role = readString(content, 'role', path) ?? 'user'
    const parts = readObjects(content, 'parts', path).map(camelKeys)
    for (const part of parts) this.#noteUnknown(part, path)
    if (role === 'model') {
      const read = parts.flatMap((part) => readModelPart(part, () => this.#nextId()))
      this.#remember(read)
      return [{ role: 'assistant', parts: read }]
    }
    if (role !== 'user' && role !== 'function') {
      throw new ProtocolError(`${path}.role must be user or model.`, `${path}.role`)
    }
    return this.#readUser(parts, path)
  }

  /** Results and what the user says beside them are messages of their own, in the order of the parts. */
  #readUser(parts: readonly JsonObject[], path: string): readonly Message[] {
    const messages: { role: Role; parts: Part[] }[] = []
    parts.forEach((part, index) => {
      const isResult = part['functionResponse'] !== undefined
      const role = isResult ? 'tool' : 'user'
      const read = isResult ? [this.#readResult(part, `${path}.parts[${index}]`)] : readUserPart(part)
      const last = messages.at(-1)
      if (last?.role === role) last.parts.push(...read)
      else messages.push({ role, parts: [...read] })
    })
    return messages
  }

  #readResult(part: JsonObject, path: string): ToolResultPart {
    const result = camelKeys(readObject(part, 'functionResponse', path) ?? {})
    const at = `${path}.functionResponse`
    const name = requireString(result, 'name', at)
    const id = textOf(result['id']) ?? this.#answer(name)
    const response = readObject(result, 'response', at) ?? {}
    const images = readObjects(result, 'parts', at)
      .flatMap((item) => readMedia(camelKeys(item)))
      .filter((item): item is ImagePart => item.type === 'image')
    const keys = Object.keys(response)
    const only = keys.length === 1 ? textOf(response[keys[0] ?? '']) : null
    const isPlain = only !== null && (keys[0] === 'output' || keys[0] === 'error')
    const text: TextPart = { type: 'text', text: isPlain ? only : stringifyExact(response) }
    return {
      type: 'tool-result',
      callId: id,
      name,
      parts: [text, ...images],
      isError: isPlain && keys[0] === 'error',
    }
  }

  #remember(parts: readonly Part[]): void {
    for (const part of parts) {
      if (part.type !== 'tool-call' || !isOwnCallId(part.id)) continue
      const ids = this.#calls.get(part.name)
      if (ids === undefined) this.#calls.set(part.name, [part.id])
      else ids.push(part.id)
    }
  }

  /** The oldest call of this tool without an id that has no answer. */
  #answer(name: string): string {
    return this.#calls.get(name)?.shift() ?? this.#nextId()
  }

  #nextId(): string {
    return `${callScope('asked')}_${this.#named++}`
  }

  #noteUnknown(part: JsonObject, path: string): void {
    for (const [key, value] of Object.entries(part)) {
      if (key === 'thought' || value === null) continue
      if (!knownParts.includes(key)) this.#dropped.add(`contents[].parts[].${key}`)
      else if (
        ['text', 'thoughtSignature'].includes(key) ? typeof value !== 'string' : !isJsonObject(value)
      ) {
        throw new ProtocolError(`${path}.parts[].${key} has the wrong type.`, `${path}.parts`)
      }
    }
  }
}

function readUserPart(part: JsonObject): readonly Part[] {
  const text = textOf(part['text'])
  return text === null ? readMedia(part) : [{ type: 'text', text }]
}
