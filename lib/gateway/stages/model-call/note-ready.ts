import type { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'

/** Until a check says otherwise, and where nobody checks: what answers is ready. */
export function noteReady({ route }: ModelCall, { instance: { state } }: Attempt): void {
  if (state.health.state !== 'unknown') return
  const { fleet } = route.service
  state.health = { state: 'ready', reason: null, since: fleet.clock.now(), checkedAt: null }
  fleet.checked(state, 'unknown')
}
