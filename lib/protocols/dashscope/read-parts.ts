import type { MediaSource, Part, ToolCallPart } from '@/lib/protocols/canonical.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'

/** A text, or what multimodal generation sends: an array of `{ text }`, `{ image }`, `{ audio }`, `{ video }`. */
export function readContent(content: JsonValue | undefined): readonly Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return objectsOf(content).flatMap(readItem)
}

function readItem(item: JsonObject): readonly Part[] {
  const text = textOf(item['text'])
  if (text !== null) return text === '' ? [] : [{ type: 'text', text }]
  const image = textOf(item['image'])
  if (image !== null) return [{ type: 'image', source: sourceOf(image), detail: null }]
  const audio = textOf(item['audio'])
  if (audio !== null) return [{ type: 'audio', source: sourceOf(audio) }]
  const video = textOf(item['video'])
  return video === null ? [] : [{ type: 'file', source: sourceOf(video), name: null }]
}

function sourceOf(address: string): MediaSource {
  const match = /^data:([^;,]*);base64,/.exec(address)
  if (match === null) return { kind: 'url', url: address }
  return { kind: 'data', mediaType: match[1] ?? '', data: address.slice(match[0].length) }
}

/** What the assistant said: thoughts, content, calls. */
export function readAssistant(message: JsonObject): readonly Part[] {
  const reasoning = textOf(message['reasoning_content'])
  const thoughts: Part[] = reasoning ? [{ type: 'reasoning', text: reasoning, signature: null }] : []
  return [...thoughts, ...readContent(message['content']), ...objectsOf(message['tool_calls']).map(readCall)]
}

function readCall(call: JsonObject): ToolCallPart {
  const details = objectOf(call['function'])
  return {
    type: 'tool-call',
    id: textOf(call['id']) ?? '',
    name: textOf(details['name']) ?? '',
    arguments: textOf(details['arguments']) ?? '',
  }
}
