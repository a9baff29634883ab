import { type Instance, isSelectable } from '@/lib/gateway/runtime/instance.ts'
import { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { mayRetry } from '@/lib/gateway/stages/forward/may-retry.ts'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'

type Select = (route: Route, tried: readonly Instance[], now: number) => Instance
type Send = (forwarding: Forwarding, attempt: Attempt) => Promise<void>

const avoidAfterFailedDialMs = 1_000

/** Selects and sends until one instance answers, none may follow, or none is left. */
export async function attempts(
  forwarding: Forwarding,
  select: Select,
  send: Send,
  now: number,
): Promise<void> {
  const { deadline } = forwarding
  forwarding.route.service.retryBudget.deposit()
  const tried: Instance[] = []
  try {
    for (;;) {
      const instance = select(forwarding.route, tried, now)
      const { state } = instance
      state.requestsInFlight += 1
      try {
        await send(forwarding, new Attempt(instance))
        return
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error
        if (!error.wasSent) state.avoidUntil = now + avoidAfterFailedDialMs
        tried.push(instance)
        if (!isRetried(forwarding, error, tried)) throw error.gatewayError
      } finally {
        state.requestsInFlight -= 1
      }
    }
  } finally {
    deadline.clear()
  }
}

function isRetried(forwarding: Forwarding, failure: UpstreamFailure, tried: readonly Instance[]): boolean {
  const { route, body, deadline } = forwarding
  const { instances, retryBudget } = route.service
  const hasOther = instances.some((other) => isSelectable(other) && !tried.includes(other))
  return (
    hasOther && !deadline.hasPassed && mayRetry(failure, route.request.method, body) && retryBudget.withdraw()
  )
}
