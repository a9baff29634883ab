import type { ImagePart, Message, Part, Role, TextPart, ToolResultPart } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { readObject, readObjects, readString, requireString, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { readMedia } from './media.ts'
import { readModelBlock } from './read-blocks.ts'

export function readSystem(body: JsonObject, dropped: DroppedFields): readonly Message[] {
  const parts: Part[] = []
  for (const block of readObjects(body, 'system')) {
    const text = textOf(block['text'])
    if (text !== null) parts.push({ type: 'text', text })
    else if (block['cachePoint'] !== undefined) markCached(parts, 'system[].cachePoint', dropped)
    else for (const key of Object.keys(block)) dropped.add(`system[].${key}`)
  }
  return parts.length === 0 ? [] : [{ role: 'system', parts }]
}

export function readMessages(body: JsonObject, dropped: DroppedFields): readonly Message[] {
  return readObjects(body, 'messages').flatMap((message, index) => {
    const path = `messages[${index}]`
    const role = readString(message, 'role', path)
    const blocks = readObjects(message, 'content', path)
    if (role === 'assistant') return [readAssistant(blocks, dropped)]
    if (role === 'user') return readUser(blocks, path, dropped)
    throw new ProtocolError(`${path}.role must be user or assistant.`, `${path}.role`)
  })
}

function readAssistant(blocks: readonly JsonObject[], dropped: DroppedFields): Message {
  const parts: Part[] = []
  for (const block of blocks) {
    const read = readModelBlock(block)
    if (block['cachePoint'] !== undefined) markCached(parts, 'messages[].content[].cachePoint', dropped)
    else if (read.length === 0) noteUnknown(block, dropped)
    parts.push(...read)
  }
  return { role: 'assistant', parts }
}

/** Results and what the user says beside them are messages of their own, in the order of the blocks. */
function readUser(blocks: readonly JsonObject[], path: string, dropped: DroppedFields): readonly Message[] {
  const messages: { role: Role; parts: Part[] }[] = []
  blocks.forEach((block, index) => {
    if (block['cachePoint'] !== undefined) {
      markCached(messages.at(-1)?.parts ?? [], 'messages[].content[].cachePoint', dropped)
      return
    }
    const isResult = block['toolResult'] !== undefined
    const role = isResult ? 'tool' : 'user'
    const read = isResult
      ? [readResult(block, `${path}.content[${index}]`, dropped)]
      : readUserBlock(block, dropped)
    const last = messages.at(-1)
    if (last?.role === role) last.parts.push(...read)
    else messages.push({ role, parts: [...read] })
  })
  return messages
}

function readUserBlock(block: JsonObject, dropped: DroppedFields): readonly Part[] {
  const text = textOf(block['text'])
  if (text !== null) return [{ type: 'text', text }]
  const media = readMedia(block)
  if (media.length === 0) noteUnknown(block, dropped)
  return media
}

function readResult(block: JsonObject, path: string, dropped: DroppedFields): ToolResultPart {
  const result = readObject(block, 'toolResult', path) ?? {}
  const at = `${path}.toolResult`
  return {
    type: 'tool-result',
    callId: requireString(result, 'toolUseId', at),
    name: null,
    parts: readObjects(result, 'content', at).flatMap((item) => readResultBlock(item, dropped)),
    isError: readString(result, 'status', at) === 'error',
  }
}

function readResultBlock(block: JsonObject, dropped: DroppedFields): readonly (TextPart | ImagePart)[] {
  const text = textOf(block['text'])
  if (text !== null) return [{ type: 'text', text }]
  if (block['json'] !== undefined) return [{ type: 'text', text: stringifyExact(block['json']) }]
  const images = readMedia(block).filter((part): part is ImagePart => part.type === 'image')
  if (images.length === 0) dropped.add('messages[].content[].toolResult.content[]')
  return images
}

/** What came up to a cache point is kept by the text before it; after anything else there is no place for it. */
function markCached(parts: Part[], name: string, dropped: DroppedFields): void {
  const last = parts.at(-1)
  if (last?.type === 'text') parts.splice(-1, 1, { ...last, cached: true })
  else dropped.add(name)
}

function noteUnknown(block: JsonObject, dropped: DroppedFields): void {
  for (const key of Object.keys(block)) dropped.add(`messages[].content[].${key}`)
}
