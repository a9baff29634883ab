import type { FleetCounts } from '@/lib/gateway/runtime/fleet-counts.ts'
import { FailureWindow } from '@/lib/gateway/runtime/health/failure-window.ts'
import {
  eject,
  type FailureClass,
  fitFrom,
  pause,
  recover,
  type Verdict,
  whenDue,
} from '@/lib/gateway/runtime/health/verdict.ts'
import type { Instance, InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { PassiveHealth } from '@/lib/snapshot/instance-policies.ts'

/** What only the whole set of instances can decide, and what it wants to hear. */
export interface Bench {
  /** False for the last one that is fit. */
  mayTakeOut(state: InstanceState): boolean
  changed(state: InstanceState): void
  readonly counts: FleetCounts
}

export interface Failure {
  readonly class: FailureClass
  /** A few words such as `Connection refused`. */
  readonly reason: string
  /** The same answer was counted as a success when it began. */
  readonly isCounted: boolean
}

/** Learns from traffic: takes instances out that fail or ask for a rest, and lets them back in. */
export class PassiveJudge {
  readonly #clock: Clock
  readonly #bench: Bench
  #policy: PassiveHealth | null = null

  constructor(clock: Clock, bench: Bench) {
    this.#clock = clock
    this.#bench = bench
  }

  /** Tells nobody about verdicts that it drops: whoever adopts a policy looks at all instances anew. */
  adopt(policy: PassiveHealth | null, instances: readonly Instance[]): void {
    this.#policy = policy
    for (const { state } of instances) {
      if (policy === null) this.forget(state)
      else if (state.window?.isSized(policy) !== true) state.window = new FailureWindow(policy)
    }
  }

  succeeded(state: InstanceState, attempt: object): void {
    if (state.window === null) return
    state.window.answers += 1
    if (state.probe !== attempt) return
    state.freshSince = this.#clock.now()
    this.#set(state, recover(state.verdict, this.#clock.now()))
  }

  failed(state: InstanceState, attempt: object, failure: Failure): void {
    const { window } = state
    const policy = this.#policy
    if (window === null || policy === null || !policy.on[failure.class]) return
    const { phase } = state.verdict
    const now = this.#clock.now()
    const reason = failure.reason.charAt(0).toLowerCase() + failure.reason.slice(1)
    if (phase === 'probing' && state.probe === attempt) {
      this.#eject(state, policy, failure.class, `The probe failed: ${reason}`)
    } else if (phase === 'fit' || phase === 'paused') {
      if (!window.fail(now, failure.isCounted) || !this.#bench.mayTakeOut(state)) return
      const sentence = `${policy.failures} of the last ${window.looked} answers failed: ${reason}`
      this.#eject(state, policy, failure.class, sentence)
    }
  }

  /** An answer that says how long to stay away. False: nobody heeds it, so it is an answer like any other. */
  askedToRest(state: InstanceState, attempt: object, ms: number, status: number): boolean {
    const { phase } = state.verdict
    const isHeeded = this.#policy?.pauseOnRetryAfter === true && state.window !== null
    if (!isHeeded || phase === 'ejected' || !this.#bench.mayTakeOut(state)) return false
    if (phase === 'probing' && state.probe !== attempt) return false
    if (phase !== 'paused') this.#bench.counts.pauses += 1
    const reason = `Asked to wait ${Math.ceil(ms / 1_000)} s (${status})`
    this.#set(state, pause(state.verdict, ms, reason, this.#clock.now()))
    return true
  }

  /** A fresh start, such as after the checks have called it back. */
  reset(state: InstanceState): void {
    clearTimeout(state.timer)
    state.probe = null
    state.window?.clear()
    if (state.verdict.phase !== 'fit' || state.verdict.ejectedMs > 0) {
      state.verdict = fitFrom(this.#clock.now())
    }
  }

  /** Nothing is learned about it any more. */
  forget(state: InstanceState): void {
    this.reset(state)
    state.window = null
  }

  #eject(state: InstanceState, policy: PassiveHealth, failureClass: FailureClass, reason: string): void {
    this.#bench.counts.ejections[failureClass] += 1
    state.window?.clear()
    this.#set(state, eject(state.verdict, policy, reason, this.#clock.now()))
  }

  #set(state: InstanceState, verdict: Verdict): void {
    clearTimeout(state.timer)
    state.probe = null
    state.verdict = verdict
    if (verdict.until !== null) {
      const due = () => this.#set(state, whenDue(state.verdict, this.#clock.now()))
      state.timer = setTimeout(due, Math.max(verdict.until - this.#clock.now(), 0))
      state.timer.unref()
    }
    this.#bench.changed(state)
  }
}
