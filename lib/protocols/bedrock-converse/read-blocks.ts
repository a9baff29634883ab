import type { Part, ReasoningPart, RedactedReasoningPart } from '@/lib/protocols/canonical.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'
import { readMedia } from './media.ts'

/** What a model wrote. Blocks that no other format knows are passed over. */
export function readModelBlock(block: JsonObject): readonly Part[] {
  const text = textOf(block['text'])
  if (text !== null) return [{ type: 'text', text }]
  if (block['toolUse'] !== undefined) return [readToolUse(objectOf(block['toolUse']))]
  if (block['reasoningContent'] !== undefined) return readReasoning(objectOf(block['reasoningContent']))
  if (block['citationsContent'] !== undefined) {
    return objectsOf(objectOf(block['citationsContent'])['content']).flatMap(readModelBlock)
  }
  return readMedia(block)
}

function readToolUse(toolUse: JsonObject): Part {
  return {
    type: 'tool-call',
    id: textOf(toolUse['toolUseId']) ?? '',
    name: textOf(toolUse['name']) ?? '',
    arguments: stringifyExact(toolUse['input'] ?? {}),
  }
}

function readReasoning(content: JsonObject): readonly (ReasoningPart | RedactedReasoningPart)[] {
  const redacted = textOf(content['redactedContent'])
  if (redacted !== null) return [{ type: 'redacted-reasoning', data: redacted }]
  const reasoning = objectOf(content['reasoningText'])
  const text = textOf(reasoning['text'])
  const signature = textOf(reasoning['signature'])
  return text === null && signature === null ? [] : [{ type: 'reasoning', text: text ?? '', signature }]
}
