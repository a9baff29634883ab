import { type Instance, isSelectable } from '@/lib/gateway/runtime/instance.ts'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { mayRetry } from '@/lib/gateway/stages/forward/may-retry.ts'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

type Attempt = (tried: readonly Instance[]) => { instance: Instance; sent: Promise<void> }

/** Runs `attempt` until one answers, none may follow, or no instance is left. */
export async function attempts(forwarding: Forwarding, attempt: Attempt): Promise<void> {
  const { deadline } = forwarding
  forwarding.route.service.retryBudget.deposit()
  const tried: Instance[] = []
  try {
    for (;;) {
      const { instance, sent } = attempt(tried)
      try {
        await sent
        return
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error
        tried.push(instance)
        if (!isRetried(forwarding, error, tried)) throw error.gatewayError
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
