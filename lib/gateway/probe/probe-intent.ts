import type { ToldIntent } from '@/lib/domain/route-reason.ts'
import type { ProbeStand } from '@/lib/gateway/probe/probe-stand.ts'
import { untilDiscovered } from '@/lib/gateway/probe/until-discovered.ts'
import {
  type IntentChoice,
  intentInstructions,
  intentQuestion,
} from '@/lib/intents/by-model/intent-question.ts'
import { readIntent } from '@/lib/intents/by-model/read-intent.ts'

/** What a model is asked to tell apart. */
export interface IntentProbe {
  readonly model: string
  readonly choices: readonly IntentChoice[]
  readonly prompt: string
  readonly timeoutMs: number
}

/** As nodes ask; finding the service's addresses is not part of its time. */
export async function probeIntent(
  stand: ProbeStand,
  { model, choices, prompt, timeoutMs }: IntentProbe,
  requestId: string,
  signal: AbortSignal,
): Promise<ToldIntent> {
  if (prompt.trim() === '') return { intent: null, problem: null }
  if (stand.service?.provider === null && (await untilDiscovered(stand, signal)) !== null) return failed
  const late = AbortSignal.timeout(timeoutMs)
  const question = intentQuestion(intentInstructions(choices), model, prompt)
  try {
    const waiting = AbortSignal.any([signal, late])
    const response = await stand.call('/v1/chat/completions', question, requestId, waiting)
    const body = Buffer.from(await response.arrayBuffer())
    if (response.status !== 200) return failed
    const intent = readIntent(body, new Set(choices.map(({ name }) => name)))
    return { intent, problem: intent === null ? 'classifier_unclear' : null }
  } catch {
    return late.aborted ? { intent: null, problem: 'classifier_timed_out' } : failed
  }
}

const failed: ToldIntent = { intent: null, problem: 'classifier_failed' }
