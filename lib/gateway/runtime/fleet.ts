import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { FleetCounts } from '@/lib/gateway/runtime/fleet-counts.ts'
import { createFleetCounts } from '@/lib/gateway/runtime/fleet-counts.ts'
import type { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import { type Bench, PassiveJudge } from '@/lib/gateway/runtime/health/passive-judge.ts'
import type { Health, Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import { isCandidate } from '@/lib/gateway/runtime/instance.ts'
import type { NodeShare, NodeShares } from '@/lib/gateway/runtime/node-shares.ts'
import { type Waiter, WaitingLine } from '@/lib/gateway/runtime/waiting-line.ts'
import { RetryBudget } from '@/lib/gateway/stages/forward/retry-budget.ts'
import type { BalancedCall, Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { ConcurrencyLimit, PassiveHealth } from '@/lib/snapshot/instance-policies.ts'

/** What a compiled service says about its instances. */
export interface FleetPlan {
  /** From the fleet; a greater one is newer. */
  readonly serial: number
  readonly running: boolean
  readonly instances: readonly Instance[]
  readonly strategy: Strategy
  readonly concurrency: ConcurrencyLimit | null
  readonly passiveHealth: PassiveHealth | null
  readonly panicThreshold: number
  /** The last one that is fit may be taken out, too: it serves all the same, and people see what is wrong. */
  readonly mayTakeOutLast?: boolean
}

export const noneTried: readonly InstanceState[] = []

/**
 * The instances of one service as they are now: who is fit, who gets the next request, who waits. Outlives the
 * snapshots; a request that began under an older one chooses among the instances of the newest, too.
 */
export class Fleet implements Bench {
  readonly clock: Clock
  readonly retryBudget = new RetryBudget()
  readonly #journal: HealthJournal
  readonly #judge: PassiveJudge
  readonly #shares: NodeShares
  #plan: FleetPlan | null = null
  #serials = 0
  #line: WaitingLine | null = null
  /** Null: nobody may wait. */
  #waitingMax: NodeShare | null = null
  #counts: FleetCounts | null = null
  /** The latest `avoidUntil` of all. */
  #avoidUntil = 0
  #isClosed = false
  /** Instances that take requests, without those that checks or traffic rule out. */
  fitCount = 0
  /** Too few instances are fit, so what traffic taught is disregarded. */
  isPanicking = false

  constructor(clock: Clock, journal: HealthJournal, shares: NodeShares) {
    this.clock = clock
    this.#journal = journal
    this.#shares = shares
    this.#judge = new PassiveJudge(clock, this)
  }

  get counts(): FleetCounts {
    this.#counts ??= createFleetCounts()
    return this.#counts
  }

  /** Null until there is something to count. */
  get countsSoFar(): FleetCounts | null {
    return this.#counts
  }

  get judge(): PassiveJudge {
    return this.#judge
  }

  get waiting(): number {
    return this.#line?.length ?? 0
  }

  nextSerial(): number {
    this.#serials += 1
    return this.#serials
  }

  /** From now on this is the service. Older plans, or the same again, change nothing. */
  adopt(plan: FleetPlan): void {
    if (this.#plan !== null && plan.serial <= this.#plan.serial) return
    const isFirst = this.#plan === null || this.#plan.instances.length === 0
    const now = this.clock.now()
    this.#plan = plan
    this.#waitingMax = plan.concurrency && this.#shares.of(plan.concurrency.queueSize)
    this.#judge.adopt(plan.passiveHealth, plan.instances)
    for (const { state } of plan.instances) {
      if (state.isMember) continue
      state.isMember = true
      // Those that come together share from the start.
      if (!isFirst) state.freshSince = now
    }
    this.#regate()
    for (const { state } of plan.instances) this.#journal.note(state, now)
    this.pump()
  }

  /** Whether this very plan is the service now. */
  isOn(plan: FleetPlan): boolean {
    return this.#plan === plan
  }

  /** The instance for a request that has tried these; null when none has room. */
  pick(request: BalancedCall, tried: readonly InstanceState[]): Instance | null {
    const plan = this.#plan
    if (plan === null) return null
    const only = plan.instances.length === 1 ? plan.instances[0] : undefined
    if (only !== undefined) {
      return isCandidate(only, tried, Number.POSITIVE_INFINITY) ? only : null
    }
    const now = this.clock.now()
    if (this.#avoidUntil > now) {
      const choice = plan.strategy.pick(request, tried, now, now)
      if (choice !== null) return choice
    }
    return plan.strategy.pick(request, tried, now, Number.POSITIVE_INFINITY)
  }

  /** Whether any instance could take a request that has tried these, now or once it has room. */
  canServe(tried: readonly InstanceState[]): boolean {
    const plan = this.#plan
    if (plan === null) return false
    for (const { weight, state } of plan.instances) {
      if (!(weight > 0) || state.gate === 'shut' || tried.includes(state)) continue
      if (state.gate === 'open' || state.probe === null) return true
    }
    return false
  }

  /** Whether a request that has tried these finds an instance, or at least a place in the queue for one. */
  hasPlaceFor(tried: readonly InstanceState[]): boolean {
    const isRoom = (instance: Instance) => isCandidate(instance, tried, Number.POSITIVE_INFINITY)
    if (this.#plan?.instances.some(isRoom) === true) return true
    return this.queueTimeoutMs !== null && this.canServe(tried)
  }

  take(state: InstanceState, attempt: object): void {
    state.requestsInFlight += 1
    if (state.verdict.phase === 'probing' && state.probe === null) state.probe = attempt
  }

  giveBack(state: InstanceState, attempt: object): void {
    state.requestsInFlight -= 1
    // A probe without an outcome decides nothing; the next request is the probe then.
    if (state.probe === attempt) state.probe = null
    this.pump()
  }

  avoid(state: InstanceState, ms: number): void {
    state.avoidUntil = this.clock.now() + ms
    this.#avoidUntil = Math.max(this.#avoidUntil, state.avoidUntil)
  }

  /** Null: nobody may wait. */
  get queueTimeoutMs(): number | null {
    if (this.#waitingMax === null || this.#isClosed || this.waiting >= this.#waitingMax.now) return null
    return this.#plan?.concurrency?.queueTimeoutMs ?? null
  }

  join(waiter: Waiter): void {
    this.#line ??= new WaitingLine()
    this.#line.join(waiter)
    this.pump()
  }

  leave(waiter: Waiter): void {
    this.#line?.leave(waiter)
  }

  /** An active check of the instance has changed its mind. */
  checked(state: InstanceState, before: Health['state']): void {
    if (before === 'unready' && state.health.state === 'ready') {
      this.#judge.reset(state)
      state.freshSince = this.clock.now()
    }
    this.changed(state)
  }

  /** The instance belongs to no snapshot any more. */
  retire(state: InstanceState): void {
    this.#judge.forget(state)
    this.#journal.remove(state)
  }

  /** The service belongs to no snapshot any more. */
  close(): void {
    this.#isClosed = true
    for (const waiter of this.#line ?? []) this.#refuse(waiter, noReadyInstance())
  }

  /** Serves those who wait, as far as there is room. Called whenever there might be more than before. */
  pump(): void {
    if (this.#line === null || this.#line.length === 0) return
    for (const waiter of this.#line) {
      if (this.#plan?.running !== true) {
        this.#refuse(waiter, serviceStopped())
        continue
      }
      const choice = this.pick(waiter.request, waiter.tried)
      if (choice !== null) {
        this.leave(waiter)
        waiter.grant(choice)
      } else if (!this.canServe(waiter.tried)) {
        this.#refuse(waiter, noReadyInstance())
      } else if (waiter.tried.length === 0) {
        // Nothing has room for anyone.
        return
      }
    }
  }

  mayTakeOut(state: InstanceState): boolean {
    return this.#plan?.mayTakeOutLast === true || this.fitCount - (state.isFit ? 1 : 0) > 0
  }

  /** What checks or traffic say of it is not what it was. */
  changed(state: InstanceState): void {
    this.#regate()
    this.#journal.note(state, this.clock.now())
    this.pump()
  }

  #refuse(waiter: Waiter, error: GatewayError): void {
    this.leave(waiter)
    waiter.refuse(error)
  }

  /** Counts anew who is fit, and opens and shuts the gates accordingly. */
  #regate(): void {
    const { instances, panicThreshold } = this.#plan ?? { instances: [], panicThreshold: 0 }
    let total = 0
    let out = 0
    this.fitCount = 0
    for (const { weight, state } of instances) {
      const isIn = weight > 0 && state.health.state !== 'unready'
      state.isFit = isIn && state.verdict.phase === 'fit'
      if (weight > 0) total += 1
      if (state.isFit) this.fitCount += 1
      else if (isIn) out += 1
    }
    const wasPanicking = this.isPanicking
    // Whoever is last always serves, even where panic is switched off.
    const isTooFew = this.fitCount === 0 || this.fitCount * 100 < panicThreshold * total
    this.isPanicking = out > 0 && isTooFew
    for (const { state } of instances) {
      state.gate = gateOf(state, this.isPanicking)
      if (wasPanicking !== this.isPanicking && state.verdict.phase !== 'fit') {
        this.#journal.note(state, this.clock.now())
      }
    }
  }
}

function gateOf({ health, verdict }: InstanceState, isPanicking: boolean): InstanceState['gate'] {
  if (health.state === 'unready') return 'shut'
  if (verdict.phase === 'fit' || isPanicking) return 'open'
  return verdict.phase === 'probing' ? 'probe' : 'shut'
}

export function noReadyInstance(): GatewayError {
  return refusal('no_ready_instance', 'No instance of the service is ready. Try again shortly.')
}

export function serviceStopped(): GatewayError {
  return refusal('service_stopped', 'The service is stopped. Start it in the console, then call again.')
}
