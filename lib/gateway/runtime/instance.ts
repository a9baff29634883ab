import type { FailureWindow } from '@/lib/gateway/runtime/health/failure-window.ts'
import { fitFrom, type Verdict } from '@/lib/gateway/runtime/health/verdict.ts'
import type { NodeShare } from '@/lib/gateway/runtime/node-shares.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { InstanceHealthReport } from '@/lib/snapshot/node-report.ts'

export type HealthState = 'unknown' | 'ready' | 'unready'

/** What active checks say. */
export interface Health {
  readonly state: HealthState
  readonly reason: string | null
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly checkedAt: number | null
}

/** What is known about an instance by using it. Outlives a snapshot swap as long as the instance stays the same. */
export class InstanceState {
  readonly id: string
  readonly url: string
  /** Unknown counts as good: traffic must flow before the first check has answered. */
  health: Health
  verdict: Verdict
  /** Null: no policy looks at its answers. */
  window: FailureWindow | null = null
  /** Checks, traffic and panic in one word; kept by the fleet. `probe`: one request at a time. */
  gate: 'open' | 'probe' | 'shut' = 'open'
  /** Whichever attempt decides a probing instance's fate. */
  probe: object | null = null
  requestsInFlight = 0
  /** Open connections of layer 4, which count for balancing and not against limits on requests. */
  connections = 0
  /** The last dial failed, so others go first until this moment. */
  avoidUntil = 0
  /** When it came fresh; null once it has its whole share. */
  freshSince: number | null = null
  /** False until a snapshot that has it serves. */
  isMember = false
  /** Among those that the fleet counts as fit. */
  isFit = false
  /** What people were told last. */
  noted: InstanceHealthReport | null = null
  /** Ends an ejection or a pause. */
  timer: NodeJS.Timeout | undefined

  constructor(id: string, url: string, now: number) {
    this.id = id
    this.url = url
    this.health = { state: 'unknown', reason: null, since: now, checkedAt: null }
    this.verdict = fitFrom(now)
  }
}

/** An instance as one snapshot has it. */
export interface Instance {
  readonly id: string
  readonly weight: number
  /** Empty, or starts with `/` and does not end with one. */
  readonly basePath: string
  readonly pool: UpstreamPool
  /** Infinite without a limit. */
  readonly requestsMax: NodeShare
  readonly slowStartMs: number
  readonly state: InstanceState
}

/** May it get one more request that has tried these? `avoidedUntilMax`: dials that failed more recently rule it out. */
export function isCandidate(
  { weight, requestsMax, state }: Instance,
  tried: readonly InstanceState[],
  avoidedUntilMax: number,
): boolean {
  return (
    weight > 0 &&
    (state.gate === 'open' || (state.gate === 'probe' && state.probe === null)) &&
    state.requestsInFlight < requestsMax.now &&
    state.avoidUntil <= avoidedUntilMax &&
    (tried.length === 0 || !tried.includes(state))
  )
}

const freshShareMin = 0.1

/** A fresh instance works its way up from a tenth of its weight. */
export function weightNow({ weight, slowStartMs, state }: Instance, now: number): number {
  if (state.freshSince === null) return weight
  const share = slowStartMs > 0 ? (now - state.freshSince) / slowStartMs : 1
  if (share < 1) return weight * Math.max(share, freshShareMin)
  state.freshSince = null
  return weight
}
