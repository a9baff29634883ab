import { noneTried } from '@/lib/gateway/runtime/fleet.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import { mayRetry } from '@/lib/gateway/stages/forward/may-retry.ts'
import type { Outgoing } from '@/lib/gateway/stages/forward/outgoing.ts'
import { waitForTurn } from '@/lib/gateway/stages/forward/turn.ts'
import { AnswerDeclined, UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

type Select<Call extends Outgoing> = (
  route: Call['route'],
  tried: readonly InstanceState[],
) => Instance | null
type Send<Call extends Outgoing> = (forwarding: Call, attempt: Attempt) => Promise<void>

/** Selects and sends until one instance answers, none may follow, or none is left. Waits only where all are full. */
export async function attempts<Call extends Outgoing>(
  forwarding: Call,
  select: Select<Call>,
  send: Send<Call>,
): Promise<void> {
  const { deadline } = forwarding
  const route: Call['route'] = forwarding.route
  route.service.fleet.retryBudget.deposit()
  try {
    const first = select(route, noneTried)
    let attempt =
      first === null ? await waitForTurn(forwarding, null, null) : new Attempt(forwarding, first, null)
    for (;;) {
      let next: Attempt | Promise<Attempt>
      try {
        await send(forwarding, attempt)
        return
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error
        // Before the place is given back, so that a repetition here never exceeds the instance's limit.
        next = followUp(forwarding, attempt, error, select)
      } finally {
        attempt.end()
      }
      attempt = next instanceof Attempt ? next : await next
    }
  } finally {
    deadline.clear()
  }
}

/** Throws what the caller is to be told when this failure is the end. */
function followUp<Call extends Outgoing>(
  forwarding: Call,
  attempt: Attempt,
  failure: UpstreamFailure,
  select: Select<Call>,
): Attempt | Promise<Attempt> {
  const route: Call['route'] = forwarding.route
  const isDeclined = failure.cause instanceof AnswerDeclined
  const isRepeatable = isDeclined || mayRetry(failure, forwarding)
  if (isRepeatable && attempt.mayRepeatHere(failure) && attempt.mayBeFollowed(noneTried)) {
    return new Attempt(forwarding, attempt.instance, attempt)
  }
  if (!isDeclined) attempt.failed(failure)
  const tried = attempt.tried()
  if (!isDeclined && !(isRepeatable && attempt.mayBeFollowed(tried))) {
    if (attempt.previous !== null) route.service.fleet.counts.retries.failed += 1
    throw failure.gatewayError
  }
  const instance = select(route, tried)
  return instance === null
    ? waitForTurn(forwarding, attempt, failure.gatewayError)
    : new Attempt(forwarding, instance, attempt)
}
