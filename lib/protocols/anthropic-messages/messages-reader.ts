import type { ImagePart, Message, Part, Role, TextPart, ToolResultPart } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import {
  readBoolean,
  readObject,
  readObjects,
  readString,
  requireString,
} from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { readDocument, readImage } from './read-media.ts'

/** The system prompt and the messages of one request. What tools answered becomes messages of its own. */
export class MessagesReader {
  readonly #dropped: DroppedFields
  readonly #namesOfCalls = new Map<string, string>()

  constructor(dropped: DroppedFields) {
    this.#dropped = dropped
  }

  read(body: JsonObject): readonly Message[] {
    const messages: Message[] = []
    const system = this.#content(body, 'system', '', 'system')
    if (system.length > 0) messages.push({ role: 'system', parts: system })
    const told = readObjects(body, 'messages')
    if (told.length === 0) throw new ProtocolError('messages must hold at least one message.', 'messages')
    for (const [index, message] of told.entries()) {
      const path = `messages[${index}]`
      const role = roleOf(message, path)
      const parts = this.#content(message, 'content', path, role)
      const results = parts.filter(({ type }) => type === 'tool-result')
      if (results.length > 0) messages.push({ role: 'tool', parts: results })
      const others = results.length === 0 ? parts : parts.filter(({ type }) => type !== 'tool-result')
      if (others.length > 0 || results.length === 0) messages.push({ role, parts: others })
    }
    return messages
  }

  #content(object: JsonObject, key: string, path: string, role: Role): readonly Part[] {
    const content = object[key] ?? null
    if (content === null || content === '') return []
    if (typeof content === 'string') return [{ type: 'text', text: content }]
    const at = path === '' ? key : `${path}.${key}`
    if (!Array.isArray(content)) {
      throw new ProtocolError(`${at} must be a string or an array of blocks.`, at)
    }
    return readObjects(object, key, path).flatMap((block, index) =>
      this.#block(block, `${at}[${index}]`, role),
    )
  }

  #block(block: JsonObject, path: string, role: Role): readonly Part[] {
    const type = requireString(block, 'type', path)
    const isCached = readObject(block, 'cache_control', path) !== null
    if (isCached && type !== 'text') this.#dropped.add('messages[].content[].cache_control')
    // An object of a document, an array of what the model quoted.
    if ((block['citations'] ?? null) !== null) this.#dropped.add('messages[].content[].citations')
    switch (type) {
      case 'text': {
        const text = requireString(block, 'text', path)
        return [isCached ? { type: 'text', text, cached: true } : { type: 'text', text }]
      }
      case 'image':
        return this.#known(readImage(block, path), 'image.source')
      case 'document':
        return this.#known(readDocument(block, path), 'document.source')
      case 'tool_result':
        if (role !== 'user')
          throw new ProtocolError(`${path}: only a user's message may hold tool_result.`, path)
        return [this.#result(block, path)]
      case 'tool_use':
        return [this.#call(block, path)]
      case 'thinking':
        return [
          {
            type: 'reasoning',
            text: readString(block, 'thinking', path) ?? '',
            signature: readString(block, 'signature', path) || null,
          },
        ]
      case 'redacted_thinking':
        return [{ type: 'redacted-reasoning', data: requireString(block, 'data', path) }]
      default:
        this.#dropped.add(`messages[].content[].${type}`)
        return []
    }
  }

  #known(part: Part | null, name: string): readonly Part[] {
    if (part !== null) return [part]
    this.#dropped.add(`messages[].content[].${name}`)
    return []
  }

  #call(block: JsonObject, path: string): Part {
    const id = requireString(block, 'id', path)
    const name = requireString(block, 'name', path)
    this.#namesOfCalls.set(id, name)
    return { type: 'tool-call', id, name, arguments: stringifyExact(readObject(block, 'input', path) ?? {}) }
  }

  #result(block: JsonObject, path: string): ToolResultPart {
    const callId = requireString(block, 'tool_use_id', path)
    const parts: Array<TextPart | ImagePart> = []
    for (const part of this.#content(block, 'content', path, 'tool')) {
      if (part.type === 'text' || part.type === 'image') parts.push(part)
      else this.#dropped.add(`messages[].content[].content[].${part.type}`)
    }
    return {
      type: 'tool-result',
      callId,
      name: this.#namesOfCalls.get(callId) ?? null,
      parts,
      isError: readBoolean(block, 'is_error', path) ?? false,
    }
  }
}

function roleOf(message: JsonObject, path: string): 'user' | 'assistant' | 'system' {
  const role = requireString(message, 'role', path)
  if (role === 'user' || role === 'assistant' || role === 'system') return role
  throw new ProtocolError(`${path}.role must be "user" or "assistant".`, `${path}.role`)
}
