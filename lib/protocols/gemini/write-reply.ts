import type { ChatReply, Part } from '@/lib/protocols/canonical.ts'
import type { AnswerContext } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'
import { finishReasonOf } from './finish-reason.ts'
import { usageMetadataOf } from './usage.ts'
import { writePart } from './write-parts.ts'

export function writeGeminiReply(
  reply: ChatReply,
  context: AnswerContext,
  dropped: DroppedFields,
): JsonObject {
  return present({
    candidates: reply.choices.map((choice) => {
      if (choice.stop?.sequence != null) dropped.add('stop_sequence')
      return present({
        content: { role: 'model', parts: writeReplyParts(choice.parts, dropped) },
        finishReason: choice.stop === null ? null : finishReasonOf(choice.stop.reason),
        index: choice.index,
      })
    }),
    usageMetadata: reply.usage === null ? null : usageMetadataOf(reply.usage, dropped),
    modelVersion: reply.model || context.model,
    responseId: reply.id || context.requestId,
  })
}

const noNames: ReadonlyMap<string, string> = new Map()

function writeReplyParts(parts: readonly Part[], dropped: DroppedFields): readonly JsonObject[] {
  return parts.flatMap((part) => writePart(part, noNames, dropped))
}
