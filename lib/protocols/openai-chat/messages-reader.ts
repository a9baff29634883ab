import type {
  ImagePart,
  Message,
  Part,
  TextPart,
  ToolCallPart,
  ToolResultPart,
} from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'
import { readObject, readObjects, readString, requireString } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { readContentPart } from './read-content-part.ts'
import { thoughtSignatureOf } from './thought-signature.ts'

/** The messages of one request. Results of tools that follow each other become one message. */
export class MessagesReader {
  readonly #dropped: DroppedFields
  readonly #namesOfCalls = new Map<string, string>()
  readonly #messages: Message[] = []
  #results: ToolResultPart[] = []
  #functionCalls = 0

  constructor(dropped: DroppedFields) {
    this.#dropped = dropped
  }

  read(messages: readonly JsonObject[]): readonly Message[] {
    if (messages.length === 0) throw new ProtocolError('messages must hold at least one message.', 'messages')
    for (const [index, message] of messages.entries()) this.#add(message, `messages[${index}]`)
    this.#closeResults()
    return this.#messages
  }

  #add(message: JsonObject, path: string): void {
    const role = requireString(message, 'role', path)
    if (role !== 'function' && (message['name'] ?? null) !== null) this.#dropped.add('messages[].name')
    switch (role) {
      case 'system':
      case 'developer':
        this.#push({ role: 'system', parts: this.#content(message, path) })
        break
      case 'user':
        this.#push({ role: 'user', parts: this.#content(message, path) })
        break
      case 'assistant':
        this.#push({ role: 'assistant', parts: this.#assistant(message, path) })
        break
      case 'tool':
        this.#addResult(requireString(message, 'tool_call_id', path), null, message, path)
        break
      case 'function': {
        const name = requireString(message, 'name', path)
        this.#addResult(`call_function_${this.#functionCalls}`, name, message, path)
        break
      }
      default:
        throw new ProtocolError(
          `${path}.role must be "system", "developer", "user", "assistant" or "tool".`,
          `${path}.role`,
        )
    }
  }

  #push(message: Message): void {
    this.#closeResults()
    this.#messages.push(message)
  }

  #addResult(callId: string, name: string | null, message: JsonObject, path: string): void {
    const parts: Array<TextPart | ImagePart> = []
    for (const part of this.#content(message, path)) {
      if (part.type === 'text' || part.type === 'image') parts.push(part)
      else this.#dropped.add(`messages[].content[].${part.type}`)
    }
    const known = name ?? this.#namesOfCalls.get(callId) ?? null
    this.#results.push({ type: 'tool-result', callId, name: known, parts, isError: false })
  }

  #closeResults(): void {
    if (this.#results.length === 0) return
    this.#messages.push({ role: 'tool', parts: this.#results })
    this.#results = []
  }

  #content(message: JsonObject, path: string): readonly Part[] {
    const content: JsonValue = message['content'] ?? null
    if (content === null || content === '') return []
    if (typeof content === 'string') return [{ type: 'text', text: content }]
    if (!Array.isArray(content)) {
      throw new ProtocolError(`${path}.content must be a string or an array of parts.`, `${path}.content`)
    }
    return readObjects(message, 'content', path).flatMap(
      (part, index) => readContentPart(part, `${path}.content[${index}]`, this.#dropped) ?? [],
    )
  }

  #assistant(message: JsonObject, path: string): readonly Part[] {
    const parts: Part[] = []
    const reasoning = readString(message, 'reasoning_content', path) ?? ''
    if (reasoning !== '') parts.push({ type: 'reasoning', text: reasoning, signature: null })
    parts.push(...this.#content(message, path))
    const refusal = readString(message, 'refusal', path) ?? ''
    if (refusal !== '') parts.push({ type: 'refusal', text: refusal })
    if (isJsonObject(message['audio'])) this.#dropped.add('messages[].audio')
    for (const [index, call] of readObjects(message, 'tool_calls', path).entries()) {
      const part = this.#call(call, `${path}.tool_calls[${index}]`)
      if (part !== null) parts.push(part)
    }
    const functionCall = readObject(message, 'function_call', path)
    if (functionCall !== null) {
      this.#functionCalls += 1
      parts.push(this.#named(`call_function_${this.#functionCalls}`, functionCall, `${path}.function_call`))
    }
    return parts
  }

  #call(call: JsonObject, path: string): Part | null {
    const definition = readObject(call, 'function', path)
    if (definition !== null)
      return {
        ...this.#named(requireString(call, 'id', path), definition, `${path}.function`),
        ...thoughtSignatureOf(call),
      }
    const type = readString(call, 'type', path)
    if (type === null || type === 'function') {
      throw new ProtocolError(`${path}.function is missing.`, `${path}.function`)
    }
    this.#dropped.add(`messages[].tool_calls[].${type}`)
    return null
  }

  #named(id: string, definition: JsonObject, path: string): ToolCallPart {
    const name = requireString(definition, 'name', path)
    this.#namesOfCalls.set(id, name)
    return { type: 'tool-call', id, name, arguments: readString(definition, 'arguments', path) ?? '' }
  }
}
