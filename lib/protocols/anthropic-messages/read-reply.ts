import type { ChatReply, Part } from '@/lib/protocols/canonical.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { structuredAnswerName } from '@/lib/protocols/structured-answer.ts'
import { readStop } from './stop-reason.ts'
import { addUsage, emptyUsage, toUsage } from './usage.ts'

export function readAnthropicReply(body: JsonObject): ChatReply {
  if (!Array.isArray(body['content'])) throw new ProtocolError('The answer holds no content.', 'content')
  const blocks = objectsOf(body['content'])
  const parts = blocks.flatMap((block) => readBlock(block) ?? [])
  const isStructured =
    blocks.some(({ name }) => name === structuredAnswerName) &&
    !parts.some(({ type }) => type === 'tool-call')
  const usage = emptyUsage()
  addUsage(usage, objectOf(body['usage']))
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    createdAt: null,
    choices: [{ index: 0, parts, stop: readStop(body, isStructured) }],
    usage: toUsage(usage),
  }
}

/** Null: a block of a kind that other formats do not have, such as the search of a tool that Anthropic ran. */
function readBlock(block: JsonObject): Part | null {
  switch (block['type']) {
    case 'text':
      return { type: 'text', text: textOf(block['text']) ?? '' }
    case 'thinking': {
      const signature = textOf(block['signature']) || null
      return { type: 'reasoning', text: textOf(block['thinking']) ?? '', signature }
    }
    case 'redacted_thinking':
      return { type: 'redacted-reasoning', data: textOf(block['data']) ?? '' }
    case 'tool_use': {
      const json = stringifyExact(isJsonObject(block['input']) ? block['input'] : {})
      const name = textOf(block['name']) ?? ''
      if (name === structuredAnswerName) return { type: 'text', text: json }
      return { type: 'tool-call', id: textOf(block['id']) ?? '', name, arguments: json }
    }
    default:
      return null
  }
}
