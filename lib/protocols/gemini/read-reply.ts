import type { ChatReply, Choice } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { callScope } from './call-ids.ts'
import { stopReasonOf } from './finish-reason.ts'
import { readModelPart } from './read-parts.ts'
import { usageOf } from './usage.ts'

export function readGeminiReply(body: JsonObject): ChatReply {
  const candidates = objectsOf(body['candidates'])
  const id = textOf(body['responseId']) ?? ''
  const created = Date.parse(textOf(body['createTime']) ?? '')
  if (candidates.length === 0 && body['promptFeedback'] === undefined) {
    throw new ProtocolError('The answer holds no candidates.', 'candidates')
  }
  return {
    id,
    model: textOf(body['modelVersion']) ?? '',
    createdAt: Number.isNaN(created) ? null : Math.floor(created / 1000),
    choices: candidates.length === 0 ? [blockedPrompt] : readCandidates(candidates, callScope(id)),
    usage: usageOf(body['usageMetadata']),
  }
}

/** A prompt that was blocked has no candidate, only `promptFeedback`. */
const blockedPrompt: Choice = {
  index: 0,
  parts: [],
  stop: { reason: 'content-filter', sequence: null },
}

function readCandidates(candidates: readonly JsonObject[], scope: string): readonly Choice[] {
  return candidates.map((candidate, position) => {
    const index = numberOf(candidate['index']) ?? position
    let calls = 0
    const nameCall = (): string => `${scope}_${index}_${calls++}`
    const content = objectOf(candidate['content'])
    const parts = objectsOf(content['parts']).flatMap((part) => readModelPart(part, nameCall))
    const finishReason = textOf(candidate['finishReason'])
    const hasCalls = parts.some((part) => part.type === 'tool-call')
    return {
      index,
      parts,
      stop: finishReason === null ? null : { reason: stopReasonOf(finishReason, hasCalls), sequence: null },
    }
  })
}
