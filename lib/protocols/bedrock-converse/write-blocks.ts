import type { Part, ToolCallPart, ToolResultPart } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { parseObject, present } from '@/lib/protocols/json-reading.ts'
import { toolUseIdOf } from './call-ids.ts'
import { writeMedia } from './media.ts'

const cachePoint: JsonObject = { cachePoint: { type: 'default' } }

/** The blocks of a part; empty where Converse takes none. It refuses blank texts. */
export function writeBlocks(part: Part, dropped: DroppedFields): readonly JsonObject[] {
  switch (part.type) {
    case 'text':
      if (part.text.trim() === '') return []
      return part.cached === true ? [{ text: part.text }, cachePoint] : [{ text: part.text }]
    case 'refusal':
      dropped.add('refusal')
      return part.text.trim() === '' ? [] : [{ text: part.text }]
    case 'image':
    case 'file': {
      const block = writeMedia(part, dropped)
      return block === null ? [] : [block]
    }
    case 'audio':
      dropped.add('input_audio')
      return []
    case 'tool-call':
      return [writeCall(part, dropped)]
    case 'tool-result':
      return [writeResult(part, dropped)]
    case 'reasoning':
      return [
        {
          reasoningContent: {
            reasoningText: present({ text: part.text, signature: part.signature }),
          },
        },
      ]
    case 'redacted-reasoning':
      return [{ reasoningContent: { redactedContent: part.data } }]
  }
}

function writeCall(part: ToolCallPart, dropped: DroppedFields): JsonObject {
  if (part.signature !== undefined) dropped.add('thought_signature')
  const input = part.arguments.trim() === '' ? {} : parseObject(part.arguments)
  if (input === null) dropped.add('tool_calls[].arguments')
  return { toolUse: { toolUseId: toolUseIdOf(part.id), name: part.name, input: input ?? {} } }
}

/** `status` is told only of errors, because not all models take it. */
function writeResult(part: ToolResultPart, dropped: DroppedFields): JsonObject {
  const content = part.parts.flatMap((item): readonly JsonObject[] => {
    if (item.type === 'text') return [{ text: item.text }]
    const block = writeMedia(item, dropped)
    return block === null ? [] : [block]
  })
  const toolResult: JsonObject = { toolUseId: toolUseIdOf(part.callId), content }
  if (part.isError) toolResult['status'] = 'error'
  return { toolResult }
}
