import type { Message, Part, ToolCallPart, ToolResultPart } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { toUrl } from '@/lib/protocols/media-source.ts'

export function writeMessages(messages: readonly Message[], dropped: DroppedFields): readonly JsonObject[] {
  const written: JsonObject[] = []
  for (const { role, parts } of messages) {
    if (role === 'assistant') written.push(writeAssistant(parts, dropped))
    else if (role !== 'tool') written.push({ role, content: writeContent(parts, dropped) ?? '' })
    else written.push(...writeResults(parts, dropped))
  }
  return written
}

/** One text alone is a string, which every server of this protocol takes. */
function writeContent(parts: readonly Part[], dropped: DroppedFields): string | JsonObject[] | null {
  const written: JsonObject[] = []
  for (const part of parts) {
    const content = writePart(part, dropped)
    if (content !== null) written.push(content)
  }
  const [only, ...more] = written
  if (only === undefined) return null
  return more.length === 0 && typeof only['text'] === 'string' ? only['text'] : written
}

function writePart(part: Part, dropped: DroppedFields): JsonObject | null {
  switch (part.type) {
    case 'text':
      if (part.cached === true) dropped.add('cache_control')
      return { type: 'text', text: part.text }
    case 'refusal':
      return { type: 'refusal', refusal: part.text }
    case 'image': {
      const url = toUrl(part.source)
      return { type: 'image_url', image_url: part.detail === null ? { url } : { url, detail: part.detail } }
    }
    case 'file':
      return writeFile(part, dropped)
    case 'audio':
      return writeAudio(part, dropped)
    default:
      return null
  }
}

function writeFile({ source, name }: Part & { type: 'file' }, dropped: DroppedFields): JsonObject | null {
  if (source.kind === 'url') {
    dropped.add('messages[].content[].file.url')
    return null
  }
  if (source.mediaType.startsWith('text/')) {
    if (name !== null) dropped.add('messages[].content[].file.filename')
    return { type: 'text', text: Buffer.from(source.data, 'base64').toString('utf8') }
  }
  return { type: 'file', file: { filename: name ?? 'document.pdf', file_data: toUrl(source) } }
}

function writeAudio({ source }: Part & { type: 'audio' }, dropped: DroppedFields): JsonObject | null {
  if (source.kind === 'url') {
    dropped.add('messages[].content[].audio.url')
    return null
  }
  const format = source.mediaType === 'audio/mpeg' || source.mediaType === 'audio/mp3' ? 'mp3' : 'wav'
  return { type: 'input_audio', input_audio: { data: source.data, format } }
}

function writeAssistant(parts: readonly Part[], dropped: DroppedFields): JsonObject {
  const message: JsonObject = { role: 'assistant', content: null }
  const calls = parts.filter((part): part is ToolCallPart => part.type === 'tool-call')
  const said = parts.filter(({ type }) => type !== 'refusal')
  const refusal = textOf(parts, 'refusal')
  const reasoning = textOf(parts, 'reasoning')
  message['content'] = writeContent(said, dropped) ?? (calls.length > 0 || refusal !== '' ? null : '')
  // DeepSeek, Moonshot and Model Studio want it back while tools are called.
  if (reasoning !== '') message['reasoning_content'] = reasoning
  if (refusal !== '') message['refusal'] = refusal
  if (calls.length > 0) message['tool_calls'] = calls.map(writeCall)
  if (calls.some(({ signature }) => signature !== undefined)) dropped.add('thought_signature')
  if (parts.some((part) => part.type === 'reasoning' && part.signature !== null)) {
    dropped.add('messages[].content[].signature')
  }
  if (parts.some(({ type }) => type === 'redacted-reasoning')) dropped.add('redacted_thinking')
  return message
}

function textOf(parts: readonly Part[], type: 'refusal' | 'reasoning'): string {
  let text = ''
  for (const part of parts) if (part.type === type) text += part.text
  return text
}

/** Servers refuse an empty text where JSON belongs. */
export function writeCall({ id, name, arguments: json }: ToolCallPart): JsonObject {
  return { id, type: 'function', function: { name, arguments: json === '' ? '{}' : json } }
}

/** Results are texts here: what they show follows as the user's, after all of them. */
function writeResults(parts: readonly Part[], dropped: DroppedFields): readonly JsonObject[] {
  const results = parts.filter((part): part is ToolResultPart => part.type === 'tool-result')
  const written = results.map((result) => writeResult(result, dropped))
  const images = results.flatMap((result) => result.parts.filter(({ type }) => type === 'image'))
  const shown = writeContent(images, dropped)
  return shown === null ? written : [...written, { role: 'user', content: shown }]
}

function writeResult({ callId, parts, isError }: ToolResultPart, dropped: DroppedFields): JsonObject {
  if (isError) dropped.add('messages[].content[].is_error')
  const texts = parts.flatMap((part) => (part.type === 'text' ? part : []))
  return { role: 'tool', tool_call_id: callId, content: writeContent(texts, dropped) ?? '' }
}
