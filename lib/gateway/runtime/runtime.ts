import type { AddressSet } from '@/lib/gateway/runtime/address-set.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { GatewayLimits, GatewaySide } from '@/lib/snapshot/snapshot.ts'

export interface RuntimeParts {
  readonly revision: number
  readonly limits: GatewayLimits
  readonly trustedProxies: AddressSet
  readonly hosts: Readonly<Record<GatewaySide, ReadonlySet<string>>>
  readonly services: readonly ServiceRuntime[]
  /** Gives up instance states and their checks; requests under way may still count on the state objects. */
  readonly releaseInstances: () => void
  /** Gives up connection pools. */
  readonly releasePools: () => void
}

/** One snapshot, compiled. Immutable but for its count of open requests. */
export class Runtime {
  readonly revision: number
  readonly limits: GatewayLimits
  readonly trustedProxies: AddressSet
  readonly hosts: Readonly<Record<GatewaySide, ReadonlySet<string>>>
  readonly services: readonly ServiceRuntime[]
  readonly servicesByName: ReadonlyMap<string, ServiceRuntime>
  /** Keyed by the name with `-` for `_`, as host names spell it. */
  readonly servicesByHostLabel: ReadonlyMap<string, ServiceRuntime>
  readonly #parts: RuntimeParts
  #openRequests = 0
  #drained: (() => void) | null = null

  constructor(parts: RuntimeParts) {
    this.#parts = parts
    this.revision = parts.revision
    this.limits = parts.limits
    this.trustedProxies = parts.trustedProxies
    this.hosts = parts.hosts
    this.services = parts.services
    this.servicesByName = new Map(parts.services.map((service) => [service.name, service]))
    this.servicesByHostLabel = new Map(
      parts.services.map((service) => [service.name.replaceAll('_', '-'), service]),
    )
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
    this.#parts.releaseInstances()
    if (this.#openRequests > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve
      })
    }
    this.#parts.releasePools()
  }
}
