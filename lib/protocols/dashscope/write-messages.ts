import type { MediaSource, Message, Part, ToolResultPart } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, objectsOf } from '@/lib/protocols/json-reading.ts'

/**
 * Texts alone are strings, for text generation. As soon as one message holds a picture, sound or film, all are arrays,
 * for multimodal generation.
 */
export function writeMessages(messages: readonly Message[], dropped: DroppedFields): JsonObject[] {
  const isMultimodal = messages.some(({ parts }) => parts.some(isMedia))
  return messages.flatMap((message) => {
    const { role, parts } = message
    if (role === 'tool') return writeResults(parts, isMultimodal, dropped)
    const written: JsonObject = { role, content: writeContent(parts, isMultimodal, dropped) }
    if (role === 'assistant') addOfAssistant(written, parts, dropped)
    return [written]
  })
}

/** Whether a request body is one for multimodal generation. */
export function isMultimodalBody(body: JsonObject): boolean {
  const messages = objectsOf(objectOf(body['input'])['messages'])
  return messages.some((message) => Array.isArray(message['content']))
}

function isMedia(part: Part): boolean {
  if (part.type === 'tool-result') return part.parts.some(isMedia)
  return part.type === 'image' || part.type === 'audio' || isFilm(part)
}

function isFilm(part: Part): boolean {
  if (part.type !== 'file') return false
  const { source } = part
  return source.kind === 'data'
    ? source.mediaType.startsWith('video/')
    : /\.(mp4|mov|webm|mkv|avi)([?#]|$)/i.test(source.url)
}

function writeContent(
  parts: readonly Part[],
  isMultimodal: boolean,
  dropped: DroppedFields,
): string | JsonObject[] {
  const items = parts.flatMap((part) => writeItem(part, dropped))
  if (isMultimodal) return items
  return items.map((item) => item['text'] ?? '').join('')
}

/** Calls and thoughts stand beside the content. */
function writeItem(part: Part, dropped: DroppedFields): readonly JsonObject[] {
  switch (part.type) {
    case 'text':
      if (part.cached === true) dropped.add('cache_control')
      return [{ text: part.text }]
    case 'refusal':
      dropped.add('refusal')
      return [{ text: part.text }]
    case 'image':
      if (part.detail !== null && part.detail !== 'auto') dropped.add('image_url.detail')
      return [{ image: addressOf(part.source) }]
    case 'audio':
      return [{ audio: addressOf(part.source) }]
    case 'file':
      if (isFilm(part)) return [{ video: addressOf(part.source) }]
      dropped.add('file')
      return []
    case 'redacted-reasoning':
      dropped.add('redacted_thinking')
      return []
    default:
      return []
  }
}

function addressOf(source: MediaSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
}

function addOfAssistant(message: JsonObject, parts: readonly Part[], dropped: DroppedFields): void {
  const calls = writeCalls(parts, dropped)
  if (calls.length > 0) message['tool_calls'] = calls
  const thoughts = parts.filter((part) => part.type === 'reasoning')
  if (thoughts.some((part) => part.signature !== null)) dropped.add('thinking.signature')
  const reasoning = thoughts.map((part) => part.text).join('')
  if (reasoning !== '') message['reasoning_content'] = reasoning
}

function writeCalls(parts: readonly Part[], dropped: DroppedFields): JsonObject[] {
  const calls = parts.filter((part) => part.type === 'tool-call')
  if (calls.some((call) => call.signature !== undefined)) dropped.add('thought_signature')
  return calls.map((call, index) => ({
    id: call.id,
    type: 'function',
    index,
    function: { name: call.name, arguments: call.arguments },
  }))
}

function writeResults(parts: readonly Part[], isMultimodal: boolean, dropped: DroppedFields): JsonObject[] {
  return parts
    .filter((part): part is ToolResultPart => part.type === 'tool-result')
    .map((result) => {
      if (result.isError) dropped.add('is_error')
      const message: JsonObject = {
        role: 'tool',
        content: writeContent(result.parts, isMultimodal, dropped),
        tool_call_id: result.callId,
      }
      if (result.name !== null) message['name'] = result.name
      return message
    })
}
