import type { ChatReply, Part, Stop } from '@/lib/protocols/canonical.ts'
import type { AnswerContext } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { stopReasonOf } from './stop-reason.ts'
import { writeUsage } from './usage.ts'
import { writeCall } from './write-blocks.ts'

export function writeAnthropicReply(
  reply: ChatReply,
  context: AnswerContext,
  dropped: DroppedFields,
): JsonObject {
  if (reply.choices.length > 1) dropped.add('n')
  if ((reply.usage?.reasoning ?? 0) > 0) dropped.add('usage.reasoning_tokens')
  const choice = reply.choices[0]
  const parts = choice?.parts ?? []
  const content: JsonObject[] = []
  for (const part of parts) {
    const block = writeBlock(part, dropped)
    if (block !== null) content.push(block)
  }
  return {
    id: reply.id || `msg_${context.requestId}`,
    type: 'message',
    role: 'assistant',
    model: reply.model || context.model,
    content,
    ...writeStop(choice?.stop ?? null, parts),
    usage: writeUsage(reply.usage),
  }
}

function writeStop(stop: Stop | null, parts: readonly Part[]): JsonObject {
  if (stop === null) return { stop_reason: null, stop_sequence: null }
  const isRefused = stop.reason === 'end' && parts.some(({ type }) => type === 'refusal')
  return { stop_reason: stopReasonOf(isRefused ? 'refusal' : stop.reason), stop_sequence: stop.sequence }
}

function writeBlock(part: Part, dropped: DroppedFields): JsonObject | null {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return { type: 'text', text: part.text }
    case 'reasoning':
      return { type: 'thinking', thinking: part.text, signature: part.signature ?? '' }
    case 'redacted-reasoning':
      return { type: 'redacted_thinking', data: part.data }
    case 'tool-call':
      return writeCall(part, dropped)
    default:
      dropped.add(part.type)
      return null
  }
}
