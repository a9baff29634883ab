import { GatewayError } from '@/lib/gateway/error.ts'
import type { Fleet } from '@/lib/gateway/runtime/fleet.ts'
import { retryAfterMs } from '@/lib/gateway/runtime/health/retry-after.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import { mayRepeatAnswered } from '@/lib/gateway/stages/forward/may-retry.ts'
import type { Outgoing } from '@/lib/gateway/stages/forward/outgoing.ts'
import { failureOf, type UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

/** How long a 429 that does not say keeps requests away. */
const restMsDefault = 1_000
const avoidAfterFailedDialMs = 1_000

/** One try at one instance: holds its place there, and tells the fleet what came of it. */
export class Attempt {
  readonly forwarding: Outgoing
  readonly instance: Instance
  readonly previous: Attempt | null
  readonly #fleet: Fleet
  /** The request has spent some of its time elsewhere. */
  readonly #isLate: boolean
  #isGood = false

  constructor(forwarding: Outgoing, instance: Instance, previous: Attempt | null, hasWaited = false) {
    this.forwarding = forwarding
    this.instance = instance
    this.previous = previous
    this.#isLate = hasWaited || previous !== null
    this.#fleet = forwarding.route.service.fleet
    this.#fleet.take(instance.state, this)
  }

  /**
   * The head of a final answer, before anything of it is relayed. False: another instance shall answer instead, and
   * the relay gives this answer up. `retryAfter` is read for 429 and 503 only.
   */
  takes(status: number, retryAfter: string | null): boolean {
    if (status < 500 && status !== 429) {
      this.#isGood = true
      this.#fleet.judge.succeeded(this.instance.state, this)
    } else {
      this.#judgeBad(status, retryAfter)
      if (mayRepeatAnswered(status, this.forwarding) && this.mayBeFollowed(this.tried())) return false
    }
    if (this.previous !== null) this.#fleet.counts.retries.answered += 1
    return true
  }

  /** The answer had begun and ended before it was whole. */
  brokeOff(cause: Error): void {
    if (!this.#isGood) return
    const failure = failureOf(cause, true)
    if (failure !== null) this.#fleet.judge.failed(this.instance.state, this, { ...failure, isCounted: true })
  }

  /** No answer came, and the instance is not asked again. */
  failed(failure: UpstreamFailure): void {
    const { state } = this.instance
    if (!failure.wasSent) this.#fleet.avoid(state, avoidAfterFailedDialMs)
    // Nobody is to blame for a deadline that had half passed when the request came: overload must not eject instances.
    const isOutOfTime = this.#isLate && failure.cause instanceof GatewayError
    if (failure.told !== null && !isOutOfTime) {
      this.#fleet.judge.failed(state, this, { ...failure.told, isCounted: false })
    }
  }

  /** The instances that a further attempt leaves out. */
  tried(): InstanceState[] {
    const tried: InstanceState[] = []
    for (let attempt: Attempt | null = this; attempt !== null; attempt = attempt.previous) {
      tried.push(attempt.instance.state)
    }
    return tried
  }

  /** Whether one more attempt is allowed and has somewhere to go; takes it from the budget if so. */
  mayBeFollowed(tried: readonly InstanceState[]): boolean {
    const { deadline, exchange, route } = this.forwarding
    if (this.#retriesUsed >= route.service.retries.attempts || deadline.hasPassed || exchange.gone)
      return false
    if (!this.#fleet.hasPlaceFor(tried)) return false
    if (this.#fleet.retryBudget.withdraw()) return true
    this.#fleet.counts.retries.overBudget += 1
    return false
  }

  /** A connection that the instance closed while idle says nothing about the instance: once, it is asked again. */
  mayRepeatHere(failure: UpstreamFailure): boolean {
    return failure.isStale && this.previous?.instance.state !== this.instance.state
  }

  /** Gives its place at the instance back. */
  end(): void {
    this.#fleet.giveBack(this.instance.state, this)
  }

  get #retriesUsed(): number {
    let used = 0
    for (let attempt = this.previous; attempt !== null; attempt = attempt.previous) used += 1
    return used
  }

  #judgeBad(status: number, retryAfter: string | null): void {
    const { judge, clock } = this.#fleet
    const { state } = this.instance
    const askedMs = retryAfterMs(retryAfter, clock.now())
    const restMs = status === 429 ? (askedMs ?? restMsDefault) : status === 503 ? askedMs : null
    if (restMs !== null && judge.askedToRest(state, this, restMs, status)) return
    if (status === 429) judge.succeeded(state, this)
    else judge.failed(state, this, { class: 'serverError', reason: `Answered ${status}`, isCounted: false })
  }
}
