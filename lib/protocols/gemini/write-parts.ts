import type {
  AudioPart,
  FilePart,
  ImagePart,
  MediaSource,
  Part,
  ToolCallPart,
  ToolResultPart,
} from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { parseObject, present } from '@/lib/protocols/json-reading.ts'
import { isOwnCallId } from './call-ids.ts'

/** What a part is as Gemini's parts; empty where it is nothing there. `names` are the tools by the calls' ids. */
export function writePart(
  part: Part,
  names: ReadonlyMap<string, string>,
  dropped: DroppedFields,
): readonly JsonObject[] {
  switch (part.type) {
    case 'text':
      if (part.cached === true) dropped.add('cache_control')
      return part.text === '' ? [] : [{ text: part.text }]
    case 'refusal':
      dropped.add('refusal')
      return part.text === '' ? [] : [{ text: part.text }]
    case 'image':
    case 'file':
    case 'audio':
      return [writeMedia(part, dropped)]
    case 'tool-call':
      return [writeCall(part, dropped)]
    case 'tool-result':
      return writeResult(part, part.name ?? names.get(part.callId) ?? part.callId, dropped)
    case 'reasoning':
      return writeReasoning(part.text, part.signature)
    case 'redacted-reasoning':
      dropped.add('redacted_thinking')
      return []
  }
}

/** A signature without a thought belongs to the answer itself, as Gemini sends it at the end. */
function writeReasoning(text: string, signature: string | null): readonly JsonObject[] {
  if (text !== '') return [present({ thought: true, text, thoughtSignature: signature })]
  return signature === null ? [] : [{ text: '', thoughtSignature: signature }]
}

function writeCall(part: ToolCallPart, dropped: DroppedFields): JsonObject {
  const functionCall: JsonObject = { name: part.name, args: callArguments(part.arguments, dropped) }
  if (!isOwnCallId(part.id)) functionCall['id'] = part.id
  return part.signature === undefined ? { functionCall } : { functionCall, thoughtSignature: part.signature }
}

/** Gemini takes an object only; a model may have written something else. */
export function callArguments(text: string, dropped: DroppedFields): JsonObject {
  if (text.trim() === '') return {}
  const parsed = parseObject(text)
  if (parsed === null) dropped.add('tool_calls[].arguments')
  return parsed ?? {}
}

/** Images stand beside the result, because models before the third generation take none within. */
function writeResult(part: ToolResultPart, name: string, dropped: DroppedFields): readonly JsonObject[] {
  const texts = part.parts.flatMap((item) => (item.type === 'text' ? [item.text] : []))
  const images = part.parts.filter((item) => item.type === 'image')
  const functionResponse: JsonObject = {
    name,
    response: { [part.isError ? 'error' : 'output']: texts.join('\n') },
  }
  if (!isOwnCallId(part.callId)) functionResponse['id'] = part.callId
  return [{ functionResponse }, ...images.map((image) => writeMedia(image, dropped))]
}

function writeMedia(part: ImagePart | FilePart | AudioPart, dropped: DroppedFields): JsonObject {
  if (part.type === 'image' && part.detail !== null && part.detail !== 'auto') dropped.add('image_url.detail')
  if (part.type === 'file' && part.name !== null) dropped.add('file.filename')
  const { source } = part
  if (source.kind === 'data') return { inlineData: { mimeType: source.mediaType, data: source.data } }
  return { fileData: present({ mimeType: mediaTypeOf(source), fileUri: source.url }) }
}

const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
  ['heic', 'image/heic'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
  ['mp3', 'audio/mp3'],
  ['wav', 'audio/wav'],
  ['mp4', 'video/mp4'],
])

/** Vertex AI wants to know it; the name at the end of the address is all there is. */
function mediaTypeOf(source: MediaSource & { kind: 'url' }): string | null {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(source.url)?.[1]
  return mediaTypes.get(ending?.toLowerCase() ?? '') ?? null
}
