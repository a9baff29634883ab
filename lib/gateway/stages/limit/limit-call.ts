import type { LimitVerdict } from '@/lib/counters/limits/limit-source.ts'
import type { ApiLimits, MetRule } from '@/lib/gateway/runtime/limits/api-limits.ts'
import { MetLimits } from '@/lib/gateway/stages/limit/met-limits.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import { tryLimit } from '@/lib/gateway/stages/self-test/try-limit.ts'

/**
 * Counts a request in every rule of its Model API that it meets, or in none: throws `rate_limited` and
 * `quota_exceeded`. A promise where somebody else keeps the counts.
 */
export function limitCall(call: ApiCall, body: Buffer): Promise<void> | null {
  const { operation, notes, clock } = call
  const { limits } = operation.published
  if (limits === null) return null
  if (notes.selfTest !== null) return tryLimit(limits, notes.selfTest, notes, clock)
  const met = rulesFor(limits, call)
  if (met.length === 0) return null
  const verdict = limits.source.admit(met.map(({ use }) => use))
  if (verdict instanceof Promise) return verdict.then((told) => judge(call, limits, met, told, body))
  judge(call, limits, met, verdict, body)
  return null
}

function rulesFor(limits: ApiLimits, { operation: { request }, notes }: ApiCall): MetRule[] {
  return limits.rulesFor({
    consumerId: notes.consumer?.id ?? null,
    model: notes.asked,
    address: request.clientAddress,
    headers: request.headers.endToEnd,
  })
}

function judge(
  { operation, notes, observation, clock }: ApiCall,
  { source }: ApiLimits,
  met: readonly MetRule[],
  verdict: LimitVerdict,
  body: Buffer,
): void {
  // What is relayed may be pictures and sound, whose bytes say nothing of tokens.
  const read = operation.operation.format === null ? null : body
  const limits = new MetLimits(source, met, verdict, notes.api.errorShape, read, clock.now())
  const refusal = limits.refusal(clock.now())
  if (refusal !== null) {
    observation.limitedBy = refusal.kind
    throw refusal.error
  }
  notes.limits = limits
}
