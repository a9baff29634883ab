import type { RouteChoice } from '@/lib/gateway/runtime/routing/model-router.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'

/** Where a request goes and why, before anything is sent. */
export function noteChoice(
  { notes, observation }: Pick<ApiCall, 'notes' | 'observation'>,
  { reason }: RouteChoice,
): void {
  notes.reason = reason
  observation.trace?.routed(reason)
}
