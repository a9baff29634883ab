import type { ChatReply, Choice, Part, ToolCallPart } from '@/lib/protocols/canonical.ts'
import type { AnswerContext } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { finishReasonOf } from './finish-reason.ts'
import { withThoughtSignature } from './thought-signature.ts'
import { writeUsage } from './usage.ts'
import { writeCall } from './write-messages.ts'

export function writeOpenAiReply(
  reply: ChatReply,
  context: AnswerContext,
  dropped: DroppedFields,
): JsonObject {
  const body: JsonObject = {
    id: reply.id || `chatcmpl-${context.requestId}`,
    object: 'chat.completion',
    created: reply.createdAt ?? context.now,
    model: reply.model || context.model,
    choices: reply.choices.map((choice) => writeChoice(choice, dropped)),
  }
  if (reply.usage !== null) body['usage'] = writeUsage(reply.usage)
  return body
}

function writeChoice({ index, parts, stop }: Choice, dropped: DroppedFields): JsonObject {
  if (stop !== null && stop.sequence !== null) dropped.add('stop_sequence')
  return {
    index,
    message: writeMessage(parts, dropped),
    logprobs: null,
    finish_reason: stop === null ? null : finishReasonOf(stop.reason),
  }
}

function writeMessage(parts: readonly Part[], dropped: DroppedFields): JsonObject {
  let text: string | null = null
  let reasoning = ''
  let refusal: string | null = null
  const calls: ToolCallPart[] = []
  for (const part of parts) {
    switch (part.type) {
      case 'text':
        text = (text ?? '') + part.text
        break
      case 'reasoning':
        reasoning += part.text
        if (part.signature !== null) dropped.add('signature')
        break
      case 'redacted-reasoning':
        dropped.add('redacted_thinking')
        break
      case 'refusal':
        refusal = (refusal ?? '') + part.text
        break
      case 'tool-call':
        calls.push(part)
        break
      default:
        dropped.add(part.type)
    }
  }
  const message: JsonObject = { role: 'assistant', content: text, refusal }
  if (reasoning !== '') message['reasoning_content'] = reasoning
  if (calls.length > 0)
    message['tool_calls'] = calls.map((call) => ({
      ...writeCall(call),
      ...withThoughtSignature(call.signature),
    }))
  return message
}
