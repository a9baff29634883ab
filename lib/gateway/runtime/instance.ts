import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'

export type HealthState = 'unknown' | 'ready' | 'unready'

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
  health: Health
  requestsInFlight = 0
  /** The last dial failed, so others go first until this moment. */
  avoidUntil = 0

  constructor(id: string, url: string, now: number) {
    this.id = id
    this.url = url
    this.health = { state: 'unknown', reason: null, since: now, checkedAt: null }
  }
}

/** An instance as one snapshot has it. */
export interface Instance {
  readonly id: string
  readonly weight: number
  /** Empty, or starts with `/` and does not end with one. */
  readonly basePath: string
  readonly pool: UpstreamPool
  readonly state: InstanceState
}

/** Unknown counts as selectable: traffic must flow before the first check has answered. */
export function isSelectable(instance: Instance): boolean {
  return instance.weight > 0 && instance.state.health.state !== 'unready'
}
