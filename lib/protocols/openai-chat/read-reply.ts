import type { ChatReply, Choice, Part } from '@/lib/protocols/canonical.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { readStop } from './finish-reason.ts'
import { thoughtSignatureOf } from './thought-signature.ts'
import { readUsage } from './usage.ts'

export function readOpenAiReply(body: JsonObject): ChatReply {
  if (!Array.isArray(body['choices'])) throw new ProtocolError('The answer holds no choices.', 'choices')
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    createdAt: numberOf(body['created']),
    choices: objectsOf(body['choices']).map(readChoice),
    usage: readUsage(body),
  }
}

function readChoice(choice: JsonObject, position: number): Choice {
  const message = objectOf(choice['message'])
  const parts: Part[] = []
  const reasoning = reasoningOf(message)
  if (reasoning !== '') parts.push({ type: 'reasoning', text: reasoning, signature: null })
  const text = contentText(message['content'] ?? choice['text'])
  if (text !== '') parts.push({ type: 'text', text })
  const refusal = textOf(message['refusal']) ?? ''
  if (refusal !== '') parts.push({ type: 'refusal', text: refusal })
  const calls = readCalls(message)
  parts.push(...calls)
  return {
    index: numberOf(choice['index']) ?? position,
    parts,
    stop: readStop(choice, calls.length > 0),
  }
}

/** `reasoning_content` is DeepSeek's name, which most took over; `reasoning` that of newer servers. */
export function reasoningOf(message: JsonObject): string {
  return textOf(message['reasoning_content']) ?? textOf(message['reasoning']) ?? ''
}

/** Some servers answer parts where OpenAI answers a string. */
export function contentText(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content
  return objectsOf(content)
    .map((part) => textOf(part['text']) ?? '')
    .join('')
}

function readCalls(message: JsonObject): readonly Part[] {
  const calls = objectsOf(message['tool_calls']).map((call, index) =>
    readCall(objectOf(call['function']), textOf(call['id']) || `call_${index}`, call),
  )
  if (calls.length > 0 || !isJsonObject(message['function_call'])) return calls
  return [readCall(message['function_call'], 'call_0', {})]
}

function readCall(definition: JsonObject, id: string, call: JsonObject): Part {
  const json = definition['arguments']
  return {
    type: 'tool-call',
    id,
    name: textOf(definition['name']) ?? '',
    // Some servers answer the object itself.
    arguments: isJsonObject(json) ? stringifyExact(json) : (textOf(json) ?? ''),
    ...thoughtSignatureOf(call),
  }
}
