import type {
  FilePart,
  ImagePart,
  MediaSource,
  Part,
  ToolCallPart,
  ToolResultPart,
} from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { parseObject } from '@/lib/protocols/json-reading.ts'

/** Null: nothing to send, named as dropped unless it was empty. */
export function writeBlock(part: Part, dropped: DroppedFields): JsonObject | null {
  switch (part.type) {
    case 'text': {
      // Blocks without a visible character are refused.
      if (part.text.trim() === '') return null
      const block: JsonObject = { type: 'text', text: part.text }
      if (part.cached === true) block['cache_control'] = { type: 'ephemeral' }
      return block
    }
    case 'refusal':
      return part.text.trim() === '' ? null : { type: 'text', text: part.text }
    case 'image':
      return writeImage(part, dropped)
    case 'file':
      return writeFile(part, dropped)
    case 'audio':
      return drop('messages[].content[].input_audio', dropped)
    case 'tool-call':
      return writeCall(part, dropped)
    case 'tool-result':
      return writeResult(part, dropped)
    case 'reasoning':
      // Only what the model has signed is taken back.
      if (part.signature === null) return drop('messages[].reasoning_content', dropped)
      return { type: 'thinking', thinking: part.text, signature: part.signature }
    case 'redacted-reasoning':
      return { type: 'redacted_thinking', data: part.data }
  }
}

function drop(name: string, dropped: DroppedFields): null {
  dropped.add(name)
  return null
}

function writeImage({ source, detail }: ImagePart, dropped: DroppedFields): JsonObject {
  if (detail === 'low' || detail === 'high') dropped.add('messages[].content[].image_url.detail')
  return { type: 'image', source: writeSource(source) }
}

function writeFile({ source, name }: FilePart, dropped: DroppedFields): JsonObject | null {
  const title = name === null ? {} : { title: name }
  if (source.kind === 'url' || source.mediaType === 'application/pdf') {
    return { type: 'document', source: writeSource(source), ...title }
  }
  if (!source.mediaType.startsWith('text/')) return drop('messages[].content[].file', dropped)
  const data = Buffer.from(source.data, 'base64').toString('utf8')
  return { type: 'document', source: { type: 'text', media_type: 'text/plain', data }, ...title }
}

function writeSource(source: MediaSource): JsonObject {
  return source.kind === 'url'
    ? { type: 'url', url: source.url }
    : { type: 'base64', media_type: source.mediaType, data: source.data }
}

export function writeCall(part: ToolCallPart, dropped: DroppedFields): JsonObject {
  const { id, name, arguments: json } = part
  if (part.signature !== undefined) dropped.add('thought_signature')
  const input = json.trim() === '' ? {} : parseObject(json)
  if (input === null) dropped.add('messages[].tool_calls[].function.arguments')
  return { type: 'tool_use', id: callId(id), name, input: input ?? {} }
}

function writeResult({ callId: id, parts, isError }: ToolResultPart, dropped: DroppedFields): JsonObject {
  const content: JsonObject[] = []
  for (const part of parts) {
    const block = writeBlock(part, dropped)
    if (block !== null) content.push(block)
  }
  const [only, ...more] = content
  const isText =
    more.length === 0 && typeof only?.['text'] === 'string' && only['cache_control'] === undefined
  const block: JsonObject = { type: 'tool_result', tool_use_id: callId(id) }
  if (only !== undefined) block['content'] = isText ? only['text'] : content
  if (isError) block['is_error'] = true
  return block
}

/** Ids of other providers may hold what Anthropic refuses. */
function callId(id: string): string {
  return id.replace(/[^\w-]/g, '_') || 'call'
}
