import { refusal } from '@/lib/gateway/error.ts'
import type { ApiLimits } from '@/lib/gateway/runtime/limits/api-limits.ts'
import { MetLimits } from '@/lib/gateway/stages/limit/met-limits.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { SelfTestTicket } from '@/lib/snapshot/self-test-ticket.ts'

const kinds = { rateLimits: 'rate', quotas: 'quota', authorization: null, moderation: null } as const

/** Counts in the tried rule, as nobody, what the ticket says; the other rules count nothing. Refuses as `limitCall` does. */
export async function tryLimit(
  limits: ApiLimits,
  ticket: SelfTestTicket,
  { api }: ModelCallNotes,
  clock: Clock,
): Promise<void> {
  const kind = kinds[ticket.plugin]
  if (kind === null) return
  const met = limits.triedRule(kind, ticket.rule ?? 0, ticket.nonce)
  if (met === null) throw refusal('self_test_rejected', 'This API has no such rule any more. Try again.')
  const verdict = await limits.source.admit([met.use])
  const tried = new MetLimits(limits.source, [met], verdict, api.errorShape, null, clock.now())
  const refused = tried.refusal(clock.now())
  if (refused !== null) throw refused.error
  const more = ticket.spend - met.use.weight
  if (more > 0) limits.source.spend([met.use], more)
}
