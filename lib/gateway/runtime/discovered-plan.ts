import type { Endpoint } from '@/lib/discovery/discovery.ts'
import { type DiscoveredInstance, discoveredInstance } from '@/lib/gateway/runtime/discovered-instance.ts'
import type { DiscoveryFollower } from '@/lib/gateway/runtime/discovery-follower.ts'
import type { Fleet, FleetPlan } from '@/lib/gateway/runtime/fleet.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import type { RetiredPools } from '@/lib/gateway/runtime/retired-pools.ts'
import { createStrategy } from '@/lib/gateway/stages/select-upstream/registry.ts'
import type { DialOptions, UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import { secureContextOf } from '@/lib/gateway/upstream/upstream-tls.ts'
import type { AddressUpstream } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** As for inference services that say nothing. Percent. */
const panicThreshold = 50

/** A service whose instances follow discovery, for as long as it is held. */
export interface DiscoveredHold {
  readonly fleet: Fleet
  /** As discovery has it now. When it changes, the fleet adopts the new plan by itself if it is on this one. */
  readonly plan: () => FleetPlan
  /** No runtime serves it any more: it follows no more, and its instances are not checked for it. */
  readonly release: () => void
  /** No request can use it any more: its connections are given up. */
  readonly releasePools: () => void
}

export interface DiscoveredPlanParts {
  readonly serviceId: string
  readonly upstream: AddressUpstream
  readonly dial: Pick<DialOptions, 'egress' | 'connectTimeoutMs'>
  readonly follower: DiscoveryFollower
  readonly fleet: Fleet
  readonly pools: UpstreamPools
  readonly instances: InstanceRegistry
  readonly retired: RetiredPools
}

interface Held {
  readonly instance: Instance
  readonly releaseInstance: () => void
  readonly releasePool: () => void
}

/** What one snapshot makes of the endpoints of a service: a plan of its fleet, made anew with each list. */
export class DiscoveredPlan {
  readonly #parts: DiscoveredPlanParts
  #held = new Map<string, Held>()
  #now: FleetPlan

  constructor(parts: DiscoveredPlanParts) {
    this.#parts = parts
    // Refused here rather than when the first endpoint is found.
    if (parts.upstream.tls !== null) secureContextOf(parts.upstream.tls)
    this.#takeEndpoints()
    this.#now = this.#make()
  }

  get now(): FleetPlan {
    return this.#now
  }

  get follower(): DiscoveryFollower {
    return this.#parts.follower
  }

  /** The list is another one. */
  follow(): void {
    const gone = this.#takeEndpoints()
    this.renew()
    for (const { instance, releaseInstance, releasePool } of gone) {
      releaseInstance()
      this.#parts.retired.add(instance.state, releasePool)
    }
  }

  /** Makes its plan newer than all before, and puts it in force where the one before was. */
  renew(): void {
    const { fleet } = this.#parts
    const isInForce = fleet.isOn(this.#now)
    this.#now = this.#make()
    if (isInForce) fleet.adopt(this.#now)
  }

  releaseInstances(): void {
    for (const { releaseInstance } of this.#held.values()) releaseInstance()
  }

  releasePools(): void {
    for (const { releasePool } of this.#held.values()) releasePool()
    this.#held.clear()
  }

  /** Those whose endpoint is there no more. */
  #takeEndpoints(): Held[] {
    const before = this.#held
    this.#held = new Map()
    for (const endpoint of this.#parts.follower.endpoints) {
      const found = discoveredInstance(this.#parts.serviceId, this.#parts.upstream, endpoint)
      const known = before.get(found.id)
      this.#held.set(found.id, known === undefined ? this.#hold(found, endpoint) : reweigh(known, endpoint))
      before.delete(found.id)
    }
    return [...before.values()]
  }

  #hold({ id, url, origin, address, basePath }: DiscoveredInstance, { weight }: Endpoint): Held {
    const { pools, instances, serviceId, upstream, dial } = this.#parts
    const { pool, release: releasePool } = pools.acquire(origin, { ...dial, tls: upstream.tls, address })
    const checked = { check: upstream.healthCheck, pool, basePath, upstreamHttp: '1.1' } as const
    const { state, release: releaseInstance } = instances.acquire(serviceId, { id, url, weight }, checked)
    const requestsMax = instances.shares.of(Number.POSITIVE_INFINITY)
    const instance = { id, weight, basePath, pool, requestsMax, slowStartMs: 0, state }
    return { instance, releaseInstance, releasePool }
  }

  #make(): FleetPlan {
    const { fleet, upstream } = this.#parts
    const instances = [...this.#held.values()].map(({ instance }) => instance)
    return {
      serial: fleet.nextSerial(),
      running: true,
      instances,
      strategy: createStrategy(upstream.balancing, instances),
      concurrency: null,
      passiveHealth: upstream.passiveHealth,
      panicThreshold,
    }
  }
}

function reweigh(held: Held, { weight }: Endpoint): Held {
  if (held.instance.weight === weight) return held
  return { ...held, instance: { ...held.instance, weight } }
}
