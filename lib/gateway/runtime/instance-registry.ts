import { Fleet } from '@/lib/gateway/runtime/fleet.ts'
import { CheckPacer } from '@/lib/gateway/runtime/health/check-pacer.ts'
import { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import { startHealthCheck } from '@/lib/gateway/runtime/health-check.ts'
import { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import { NodeShares } from '@/lib/gateway/runtime/node-shares.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { HealthCheck } from '@/lib/snapshot/instance-policies.ts'
import type { InferenceServiceSnapshot, InstanceSnapshot } from '@/lib/snapshot/snapshot.ts'

interface Held {
  readonly state: InstanceState
  readonly fleet: Fleet
  holders: number
  checked: { readonly key: string; readonly pool: UpstreamPool; readonly stop: () => void } | null
}

interface HeldFleet {
  readonly fleet: Fleet
  /** By id and address. */
  readonly held: Map<string, Held>
  holders: number
}

export interface Checked {
  readonly check: HealthCheck | null
  readonly pool: UpstreamPool
  readonly basePath: string
  readonly upstreamHttp: InferenceServiceSnapshot['upstreamHttp']
}

/**
 * What outlives a snapshot: the fleet of each service and the states of its instances by id and address. An instance
 * that is the same in the next snapshot keeps its health, its requests in flight and its running check.
 */
export class InstanceRegistry {
  readonly journal = new HealthJournal()
  /** Of the limits on instances and queues. */
  readonly shares = new NodeShares()
  readonly #fleets = new Map<string, HeldFleet>()
  readonly #clock: Clock
  readonly #pacer = new CheckPacer()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** So many nodes of the gateway are on this host now. Who waits is served as far as there is more room. */
  divideAmong(nodes: number): void {
    this.shares.divideAmong(nodes)
    for (const { fleet } of this.#fleets.values()) fleet.pump()
  }

  acquireFleet(serviceId: string): { fleet: Fleet; release: () => void } {
    const entry = this.#entry(serviceId)
    entry.holders += 1
    return { fleet: entry.fleet, release: () => this.#releaseFleet(serviceId, entry) }
  }

  /** Only between acquiring the service's fleet and releasing it. */
  acquire(
    serviceId: string,
    instance: InstanceSnapshot,
    checked: Checked,
  ): { state: InstanceState; release: () => void } {
    const { fleet, held: all } = this.#entry(serviceId)
    const key = `${instance.id} ${instance.url}`
    const held = all.get(key) ?? this.#add(all, key, instance, fleet)
    held.holders += 1
    this.#check(held, checked)
    return { state: held.state, release: () => this.#release(all, key, held) }
  }

  #entry(serviceId: string): HeldFleet {
    const known = this.#fleets.get(serviceId)
    if (known !== undefined) return known
    const entry = { fleet: new Fleet(this.#clock, this.journal, this.shares), held: new Map(), holders: 0 }
    this.#fleets.set(serviceId, entry)
    return entry
  }

  #add(all: Map<string, Held>, key: string, instance: InstanceSnapshot, fleet: Fleet): Held {
    const state = new InstanceState(instance.id, instance.url, this.#clock.now())
    const held: Held = { state, fleet, holders: 0, checked: null }
    all.set(key, held)
    return held
  }

  #check(held: Held, { check, pool, basePath, upstreamHttp }: Checked): void {
    const key = JSON.stringify([check, upstreamHttp])
    if (held.checked?.key === key && held.checked.pool === pool) return
    held.checked?.stop()
    held.checked = null
    const { state, fleet } = held
    if (check === null) {
      // Nobody would ever correct an old verdict.
      if (state.health.state === 'unknown') return
      state.health = { state: 'unknown', reason: null, since: this.#clock.now(), checkedAt: null }
      fleet.checked(state, 'unknown')
      return
    }
    const stop = startHealthCheck(
      { state, pool, basePath, check, upstreamHttp },
      this.#clock,
      (before) => fleet.checked(state, before.state),
      this.#pacer.delayMs(),
    )
    held.checked = { key, pool, stop }
  }

  #release(all: Map<string, Held>, key: string, held: Held): void {
    held.holders -= 1
    if (held.holders > 0) return
    held.checked?.stop()
    all.delete(key)
    held.fleet.retire(held.state)
  }

  #releaseFleet(serviceId: string, entry: HeldFleet): void {
    entry.holders -= 1
    if (entry.holders > 0) return
    this.#fleets.delete(serviceId)
    entry.fleet.close()
  }
}
