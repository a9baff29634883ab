import type { LimitVerdict } from '@/lib/counters/limits/limit-source.ts'
import type { ApiLimits } from '@/lib/gateway/runtime/limits/api-limits.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { MetLimits } from '@/lib/gateway/stages/limit/met-limits.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import { tryLimit } from '@/lib/gateway/stages/self-test/try-limit.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/**
 * Counts a request in every rule of its Model API that it meets, or in none: throws `rate_limited` and
 * `quota_exceeded`. A promise where somebody else keeps the counts.
 */
export function limitCall(
  limits: ApiLimits,
  { clientAddress, headers }: Admitted,
  body: Buffer,
  notes: ModelCallNotes,
  observation: Observation,
  clock: Clock,
): Promise<void> | null {
  if (notes.selfTest !== null) return tryLimit(limits, notes.selfTest, notes, clock)
  const met = limits.rulesFor({
    consumerId: notes.consumer?.id ?? null,
    model: notes.asked,
    address: clientAddress,
    headers: headers.endToEnd,
  })
  if (met.length === 0) return null
  const verdict = limits.source.admit(met.map(({ use }) => use))
  const judge = (told: LimitVerdict) =>
    judged(
      new MetLimits(limits.source, met, told, notes.api.errorShape, body, clock.now()),
      notes,
      observation,
      clock,
    )
  if (verdict instanceof Promise) return verdict.then(judge)
  judge(verdict)
  return null
}

function judged(limits: MetLimits, notes: ModelCallNotes, observation: Observation, clock: Clock): void {
  const refusal = limits.refusal(clock.now())
  if (refusal !== null) {
    observation.limitedBy = refusal.kind
    throw refusal.error
  }
  notes.limits = limits
}
