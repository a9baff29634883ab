import { EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { startDiscovery } from '@/lib/discovery/start-discovery.ts'
import { type DiscoveredHold, DiscoveredPlan } from '@/lib/gateway/runtime/discovered-plan.ts'
import { DiscoveryFollower, type LastGood } from '@/lib/gateway/runtime/discovery-follower.ts'
import type { Fleet } from '@/lib/gateway/runtime/fleet.ts'
import type { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { RetiredPools } from '@/lib/gateway/runtime/retired-pools.ts'
import type { UpstreamNews } from '@/lib/gateway/runtime/upstream-news.ts'
import type { DialOptions, UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { UpstreamServiceReport } from '@/lib/snapshot/node-report.ts'
import type { AddressUpstream } from '@/lib/snapshot/upstream-service-snapshot.ts'

export interface DiscoveryRegistryParts {
  readonly clock: Clock
  readonly logger: Logger
  readonly pools: UpstreamPools
  readonly instances: InstanceRegistry
  readonly news: UpstreamNews
  /** For tests; default: the sources themselves. */
  readonly start?: typeof startDiscovery
}

interface HeldFollower {
  readonly follower: DiscoveryFollower
  holders: number
}

/** One service, over all snapshots that have it. */
interface Entry {
  readonly fleet: Fleet
  readonly releaseFleet: () => void
  /** Oldest first. */
  readonly plans: DiscoveredPlan[]
  readonly followers: Map<string, HeldFollower>
  /** What a discovery begins with. */
  before: LastGood | null
}

type Dial = Pick<DialOptions, 'egress' | 'connectTimeoutMs'>

/**
 * What outlives a snapshot: the discoveries under way and what they have found. The same discovery in the next
 * snapshot goes on; another one for the same service begins with what was found last.
 */
export class DiscoveryRegistry {
  readonly #parts: DiscoveryRegistryParts
  readonly #entries = new Map<string, Entry>()
  readonly #retired = new RetiredPools()
  #stored: ReadonlyMap<string, LastGood> = new Map()
  /** Called when what a restart should begin with has changed. */
  onEndpoints: () => void = () => {}

  constructor(parts: DiscoveryRegistryParts) {
    this.#parts = parts
  }

  /** What services begin with until their discovery answers: what this node found before it was started anew. */
  restore(stored: ReadonlyMap<string, LastGood>): void {
    this.#stored = stored
  }

  /** By service. */
  lastGood(): Map<string, LastGood> {
    const all = new Map<string, LastGood>()
    for (const [serviceId, { plans, before }] of this.#entries) {
      const found = plans.at(-1)?.follower.lastGood ?? before
      if (found !== null) all.set(serviceId, found)
    }
    return all
  }

  /** Null: nothing is discovered for this service. */
  reportOf(serviceId: string): UpstreamServiceReport['discovery'] {
    const held = this.#entries.get(serviceId)?.plans.at(-1)
    if (held === undefined) return null
    const endpoints = held.now.instances.map(({ id, weight, state }) => ({
      instanceId: id,
      url: state.url,
      weight,
    }))
    return { ...held.follower.status, endpoints }
  }

  acquire(serviceId: string, upstream: AddressUpstream, dial: Dial): DiscoveredHold {
    const entry = this.#entryOf(serviceId)
    const key = JSON.stringify([upstream.discovery, dial.egress])
    const held = this.#follow(serviceId, entry, key, upstream, dial)
    const { pools, instances } = this.#parts
    try {
      const { fleet } = entry
      const parts = { serviceId, upstream, dial, fleet, pools, instances, retired: this.#retired }
      const plan = new DiscoveredPlan({ ...parts, follower: held.follower })
      entry.plans.push(plan)
      return {
        fleet,
        plan: () => plan.now,
        release: () => {
          entry.plans.splice(entry.plans.indexOf(plan), 1)
          plan.releaseInstances()
          this.#unfollow(serviceId, entry, key, held)
        },
        releasePools: () => plan.releasePools(),
      }
    } catch (error) {
      this.#unfollow(serviceId, entry, key, held)
      throw error
    }
  }

  #entryOf(serviceId: string): Entry {
    const known = this.#entries.get(serviceId)
    if (known !== undefined) return known
    const { fleet, release } = this.#parts.instances.acquireFleet(serviceId)
    const before = this.#stored.get(serviceId) ?? null
    const entry = { fleet, releaseFleet: release, plans: [], followers: new Map(), before }
    this.#entries.set(serviceId, entry)
    // Stored is what services have that are there; this one now is.
    if (before !== null) this.onEndpoints()
    return entry
  }

  #follow(
    serviceId: string,
    entry: Entry,
    key: string,
    { discovery }: AddressUpstream,
    dial: Dial,
  ): HeldFollower {
    const known = entry.followers.get(key)
    if (known !== undefined) {
      known.holders += 1
      return known
    }
    const { clock, logger, news, start = startDiscovery } = this.#parts
    const before = entry.plans.at(-1)?.follower.lastGood ?? entry.before
    const follower = new DiscoveryFollower(
      {
        serviceId,
        clock,
        logger,
        onEndpoints: () => this.#changed(entry, follower),
        onStatus: () => news.note(serviceId),
      },
      // Written-down addresses are what they are.
      discovery.type === 'fixed' ? null : before,
    )
    const held = { follower, holders: 1 }
    entry.followers.set(key, held)
    const guard = new EgressGuard(dial.egress)
    const tools = { clock, logger, permits: (address: string) => guard.permits(address) }
    follower.start((tell) => start(discovery, tools, tell))
    return held
  }

  #changed(entry: Entry, follower: DiscoveryFollower): void {
    let isNewer = false
    for (const plan of entry.plans) {
      const isFollowing = plan.follower === follower
      if (isFollowing) plan.follow()
      // The plan of an older snapshot must not come out newer than that of a later one.
      else if (isNewer) plan.renew()
      isNewer ||= isFollowing
    }
    this.onEndpoints()
  }

  #unfollow(serviceId: string, entry: Entry, key: string, held: HeldFollower): void {
    held.holders -= 1
    if (held.holders > 0) return
    held.follower.stop()
    entry.followers.delete(key)
    if (entry.followers.size > 0) return
    this.#entries.delete(serviceId)
    entry.releaseFleet()
    this.#parts.news.remove(serviceId)
    this.onEndpoints()
  }
}
