import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { AnswerProducer } from '@/lib/gateway/exchange.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { Waiter } from '@/lib/gateway/runtime/waiting-line.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { DeadlineWaiter } from '@/lib/gateway/stages/forward/deadline.ts'
import type { Outgoing } from '@/lib/gateway/stages/forward/outgoing.ts'

/**
 * Resolves with an attempt at the first instance that has room. Rejects when the queue is full, the wait takes too
 * long, nothing is left to wait for, or the caller leaves; with `otherwise` instead, where an attempt went before.
 */
export async function waitForTurn(
  forwarding: Outgoing,
  previous: Attempt | null,
  otherwise: GatewayError | null,
): Promise<Attempt> {
  const { fleet } = forwarding.route.service
  const timeoutMs = fleet.queueTimeoutMs
  if (timeoutMs === null) {
    fleet.counts.queueRefusals.full += 1
    throw (
      otherwise ?? refusal('queue_full', 'Every instance is busy, and so many wait that the queue is full.')
    )
  }
  return await new Promise<Attempt>((resolve, reject) => {
    new Turn(forwarding, previous, otherwise, resolve, reject).await(timeoutMs)
  })
}

/** One request in the queue of its service. Nothing of its body is taken meanwhile. */
class Turn implements Waiter, AnswerProducer, DeadlineWaiter {
  readonly request: Admitted
  readonly tried: readonly InstanceState[]
  readonly #forwarding: Outgoing
  readonly #previous: Attempt | null
  readonly #otherwise: GatewayError | null
  readonly #resolve: (attempt: Attempt) => void
  readonly #reject: (error: Error) => void
  #timer: NodeJS.Timeout | undefined

  constructor(
    forwarding: Outgoing,
    previous: Attempt | null,
    otherwise: GatewayError | null,
    resolve: (attempt: Attempt) => void,
    reject: (error: Error) => void,
  ) {
    this.#forwarding = forwarding
    this.request = forwarding.route.request
    this.tried = previous?.tried() ?? []
    this.#previous = previous
    this.#otherwise = otherwise
    this.#resolve = resolve
    this.#reject = reject
  }

  await(timeoutMs: number): void {
    const { exchange, deadline, route } = this.#forwarding
    if (exchange.gone || deadline.hasPassed) {
      this.#timedOut()
      return
    }
    exchange.producer = this
    deadline.waiter = this
    this.#timer = setTimeout(() => this.#timedOut(), timeoutMs)
    route.service.fleet.join(this)
  }

  grant(instance: Instance): void {
    this.#leave()
    this.#resolve(new Attempt(this.#forwarding, instance, this.#previous, true))
  }

  refuse(error: GatewayError): void {
    this.#leave()
    this.#reject(this.#otherwise ?? error)
  }

  callerGone(): void {
    this.refuse(tooLate())
  }

  callerDrained(): void {}

  deadlinePassed(): void {
    this.#timedOut()
  }

  #timedOut(): void {
    this.#forwarding.route.service.fleet.counts.queueRefusals.timedOut += 1
    this.refuse(tooLate())
  }

  #leave(): void {
    const { exchange, deadline, route } = this.#forwarding
    clearTimeout(this.#timer)
    exchange.producer = null
    deadline.waiter = null
    route.service.fleet.leave(this)
  }
}

function tooLate(): GatewayError {
  return refusal('queue_timed_out', 'Every instance was busy, and the request waited too long for its turn.')
}
