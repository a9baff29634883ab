import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import { tellIntent } from '@/lib/gateway/stages/classify/tell-intent.ts'
import { limitCall } from '@/lib/gateway/stages/limit/limit-call.ts'
import { callTargets } from '@/lib/gateway/stages/model-call/call-targets.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import { noteChoice } from '@/lib/gateway/stages/model-call/note-choice.ts'
import { modelOf, parseBody } from '@/lib/gateway/stages/model-call/parse-body.ts'
import { takeWholeBody } from '@/lib/gateway/stages/model-call/take-whole-body.ts'
import { moderateCall } from '@/lib/gateway/stages/moderation/moderate-call.ts'
import { replyJudge } from '@/lib/gateway/stages/moderation/reply-judge.ts'
import { lookAtPrompt } from '@/lib/gateway/stages/observe/look-at-prompt.ts'
import type { RecordBook } from '@/lib/gateway/stages/observe/record-book.ts'
import { answerSelfTest } from '@/lib/gateway/stages/self-test/answer-self-test.ts'

/** A request in a format that the gateway reads: chat, completions, embeddings, messages. */
export async function askModel(
  call: ApiCall,
  format: CallerFormat,
  records: RecordBook | null,
): Promise<void> {
  const { operation, observation, notes } = call
  const taken = takeWholeBody(call)
  const arrived = Buffer.isBuffer(taken) ? taken : await taken
  const body = parseBody(arrived, operation.request)
  const model = modelOf(body)
  notes.asked = model
  const counted = limitCall(call, arrived)
  if (counted !== null) await counted
  const moderated = moderateCall(call, body, format, arrived)
  const bytes = Buffer.isBuffer(moderated) ? moderated : await moderated
  if (notes.selfTest !== null) {
    answerSelfTest(observation)
    return
  }
  if (notes.isRecorded) lookAtPrompt(notes, records, body, format, observation.beganAt)
  const telling = tellIntent(call, body, format)
  const told = telling && (await telling)
  const { router } = operation.published
  const choice = router.choose({ model, body, format, told }, performance.now())
  noteChoice(call, choice)
  await callTargets({ ...call, bytes, judgeReply: replyJudge(call) }, choice, body)
}
