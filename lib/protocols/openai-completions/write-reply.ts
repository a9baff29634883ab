import type { ChatReply, Choice } from '@/lib/protocols/canonical.ts'
import type { AnswerContext } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { finishReasonOf } from '@/lib/protocols/openai-chat/finish-reason.ts'
import { writeUsage } from '@/lib/protocols/openai-chat/usage.ts'

export function writeCompletionReply(
  reply: ChatReply,
  context: AnswerContext,
  dropped: DroppedFields,
): JsonObject {
  const body: JsonObject = {
    id: reply.id || `cmpl-${context.requestId}`,
    object: 'text_completion',
    created: reply.createdAt ?? context.now,
    model: reply.model || context.model,
    choices: reply.choices.map((choice) => writeChoice(choice, dropped)),
  }
  if (reply.usage !== null) body['usage'] = writeUsage(reply.usage)
  return body
}

function writeChoice({ index, parts, stop }: Choice, dropped: DroppedFields): JsonObject {
  let text = ''
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'refusal') text += part.text
    else dropped.add(part.type)
  }
  if (stop !== null && stop.sequence !== null) dropped.add('stop_sequence')
  return { text, index, logprobs: null, finish_reason: stop === null ? null : finishReasonOf(stop.reason) }
}
