import type { AddressSet } from '@/lib/gateway/runtime/address-set.ts'
import type { BuiltService } from '@/lib/gateway/runtime/built-service.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { RateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import { runInSlices, type Steps } from '@/lib/platform/slices.ts'
import type { GatewayLimits, GatewaySide } from '@/lib/snapshot/snapshot.ts'

export interface RuntimeParts {
  readonly revision: number
  /** The text of the snapshot's head. */
  readonly head: string
  /** Equal keys: the same text of a service compiles to the same. */
  readonly defaultsKey: string
  readonly limits: GatewayLimits
  readonly trustedProxies: AddressSet
  readonly hosts: Readonly<Record<GatewaySide, ReadonlySet<string>>>
  /** By their text, retained for this runtime. */
  readonly services: Map<string, BuiltService>
  /** Over all services. */
  readonly rateLimit: RateLimit | null
  readonly releaseRateLimit: () => void
}

/** One snapshot, compiled. Immutable but for its count of open requests. */
export class Runtime {
  readonly revision: number
  readonly head: string
  readonly defaultsKey: string
  readonly limits: GatewayLimits
  readonly trustedProxies: AddressSet
  readonly hosts: Readonly<Record<GatewaySide, ReadonlySet<string>>>
  readonly rateLimit: RateLimit | null
  readonly #releaseRateLimit: () => void
  readonly #built: Map<string, BuiltService>
  readonly #services: ServiceRuntime[] = []
  readonly #byName = new Map<string, ServiceRuntime>()
  readonly #byHostLabel = new Map<string, ServiceRuntime>()
  #openRequests = 0
  #drained: (() => void) | null = null

  constructor(parts: RuntimeParts) {
    this.revision = parts.revision
    this.head = parts.head
    this.defaultsKey = parts.defaultsKey
    this.limits = parts.limits
    this.trustedProxies = parts.trustedProxies
    this.hosts = parts.hosts
    this.rateLimit = parts.rateLimit
    this.#releaseRateLimit = parts.releaseRateLimit
    this.#built = parts.services
  }

  /** Run once, before the first request. */
  *index(): Steps<void> {
    for (const { runtime } of this.#built.values()) {
      this.#services.push(runtime)
      this.#byName.set(runtime.name, runtime)
      this.#byHostLabel.set(runtime.name.replaceAll('_', '-'), runtime)
      yield
    }
  }

  /** Those who wait for an instance, and the health of instances, go by this snapshot from now on. */
  *adoptInstances(): Steps<void> {
    for (const service of this.#services) {
      service.fleet.adopt(service)
      yield
    }
  }

  /** Empty, like the look-ups, once the runtime takes no new requests. */
  get services(): readonly ServiceRuntime[] {
    return this.#services
  }

  get servicesByName(): ReadonlyMap<string, ServiceRuntime> {
    return this.#byName
  }

  /** Keyed by the name with `-` for `_`, as host names spell it. */
  get servicesByHostLabel(): ReadonlyMap<string, ServiceRuntime> {
    return this.#byHostLabel
  }

  /** What this line of a snapshot was compiled to. */
  builtFrom(line: string): BuiltService | undefined {
    return this.#built.get(line)
  }

  enter(): void {
    this.#openRequests += 1
  }

  leave(): void {
    this.#openRequests -= 1
    if (this.#openRequests === 0) this.#drained?.()
  }

  /** Takes no new requests any more; resolves when the last one has left and the pools are given up. */
  async close(): Promise<void> {
    this.#releaseRateLimit()
    const services = [...this.#built.values()]
    // A stream may keep this runtime for hours; of thousands of services it needs the one that it has found.
    this.#built.clear()
    this.#services.length = 0
    this.#byName.clear()
    this.#byHostLabel.clear()
    await runInSlices(each(services, (service) => service.retire()))
    if (this.#openRequests > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve
      })
    }
    await runInSlices(each(services, (service) => service.release()))
  }
}

function* each<T>(items: readonly T[], run: (item: T) => void): Steps<void> {
  for (const item of items) {
    run(item)
    yield
  }
}
