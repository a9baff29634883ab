import type { AddressSet } from '@/lib/addresses/address-set.ts'
import type { EgressGuard } from '@/lib/addresses/egress-guard.ts'
import type { AiGateway } from '@/lib/gateway/runtime/ai-gateway.ts'
import type { BuiltService } from '@/lib/gateway/runtime/built-service.ts'
import type { ConsumerIndex } from '@/lib/gateway/runtime/consumers/consumer-index.ts'
import type { HostNames } from '@/lib/gateway/runtime/host-names.ts'
import type { ModelApiRuntime, PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { RuntimeTls } from '@/lib/gateway/runtime/tls-names.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { RateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import { runInSlices, type Steps } from '@/lib/platform/slices.ts'
import type { GatewayLimits, GatewaySide, GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

/** Who may call, by side; null: everybody. The same object over snapshots that say the same. */
export interface RuntimeAccess {
  readonly key: string
  readonly internet: AddressSet | null
  readonly vpc: AddressSet | null
}

/** What a layer 4 port leads to. */
export interface NlbRoute {
  readonly service: ServiceRuntime
  readonly side: GatewaySide
}

export interface RuntimeParts {
  readonly revision: number
  /** The text of the snapshot's head. */
  readonly head: string
  /** Equal keys: the same text of a service compiles to the same. */
  readonly defaultsKey: string
  readonly limits: GatewayLimits
  readonly trustedProxies: AddressSet
  readonly proxyProtocol: GatewaySnapshot['proxyProtocol']
  readonly access: RuntimeAccess
  readonly tls: RuntimeTls
  readonly egress: EgressGuard
  readonly selfTestKey: string
  readonly names: Readonly<Record<GatewaySide, HostNames>>
  readonly tlsPorts: GatewaySnapshot['tlsPorts']
  /** Key authorizations by token. */
  readonly acmeChallenges: ReadonlyMap<string, string>
  /** By their text, retained for this runtime. */
  readonly services: Map<string, BuiltService>
  readonly ai: AiGateway
  /** Over all services. */
  readonly rateLimit: RateLimit | null
  readonly releaseRateLimit: () => void
}

/** Prompts hold images and documents, which the limit of other requests may be too small for. */
const modelBodyBytesMin = 10_485_760

/** One snapshot, compiled. Immutable but for its count of open requests. */
export class Runtime {
  readonly revision: number
  readonly head: string
  readonly defaultsKey: string
  readonly limits: GatewayLimits
  /** Of requests to Model APIs. Bytes. */
  readonly modelBodyBytesMax: number
  /** Of any request, before it is known whom it is for. Bytes. */
  readonly bodyBytesMax: number
  readonly trustedProxies: AddressSet
  readonly proxyProtocol: GatewaySnapshot['proxyProtocol']
  readonly access: RuntimeAccess
  readonly tls: RuntimeTls
  readonly egress: EgressGuard
  readonly selfTestKey: string
  readonly names: Readonly<Record<GatewaySide, HostNames>>
  readonly tlsPorts: GatewaySnapshot['tlsPorts']
  readonly acmeChallenges: ReadonlyMap<string, string>
  readonly rateLimit: RateLimit | null
  readonly #releaseRateLimit: () => void
  readonly #built: Map<string, BuiltService>
  #ai: AiGateway | null
  readonly #upstreamServices: UpstreamServiceRuntime[] = []
  readonly #services: ServiceRuntime[] = []
  readonly #byName = new Map<string, ServiceRuntime>()
  readonly #byHostLabel = new Map<string, ServiceRuntime>()
  readonly #byNlbPort = new Map<number, NlbRoute>()
  #openRequests = 0
  #drained: (() => void) | null = null

  constructor(parts: RuntimeParts) {
    this.revision = parts.revision
    this.head = parts.head
    this.defaultsKey = parts.defaultsKey
    this.limits = parts.limits
    this.trustedProxies = parts.trustedProxies
    this.proxyProtocol = parts.proxyProtocol
    this.access = parts.access
    this.tls = parts.tls
    this.egress = parts.egress
    this.selfTestKey = parts.selfTestKey
    this.names = parts.names
    this.tlsPorts = parts.tlsPorts
    this.acmeChallenges = parts.acmeChallenges
    this.rateLimit = parts.rateLimit
    this.#releaseRateLimit = parts.releaseRateLimit
    this.#built = parts.services
    this.#ai = parts.ai
    this.modelBodyBytesMax = Math.max(parts.limits.requestBodyBytesMax, modelBodyBytesMin)
    this.bodyBytesMax = parts.ai.apis.size > 0 ? this.modelBodyBytesMax : parts.limits.requestBodyBytesMax
  }

  /** Run once, before the first request. */
  *index(): Steps<void> {
    for (const { runtime } of this.#built.values()) {
      this.#services.push(runtime)
      this.#byName.set(runtime.name, runtime)
      this.#byHostLabel.set(runtime.name.replaceAll('_', '-'), runtime)
      for (const { port, side } of runtime.direct.nlb) this.#byNlbPort.set(port, { service: runtime, side })
      yield
    }
    for (const { runtime } of this.#ai?.services.values() ?? []) this.#upstreamServices.push(runtime)
  }

  /** Those who wait for an instance, and the health of instances, go by this snapshot from now on. */
  *adoptInstances(): Steps<void> {
    for (const service of this.#services) {
      service.fleet.adopt(service)
      yield
    }
    for (const service of this.#upstreamServices) {
      service.fleet.adopt(service.plan())
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

  get nlbRoutes(): ReadonlyMap<number, NlbRoute> {
    return this.#byNlbPort
  }

  /** Of the AI gateway; empty once the runtime takes no new requests. */
  get upstreamServices(): readonly UpstreamServiceRuntime[] {
    return this.#upstreamServices
  }

  /** What this line of a snapshot was compiled to. */
  builtFrom(line: string): BuiltService | undefined {
    return this.#built.get(line)
  }

  upstreamBuiltFrom(line: string): BuiltService<UpstreamServiceRuntime> | undefined {
    return this.#ai?.services.get(line)
  }

  modelApiFrom(line: string): ModelApiRuntime | undefined {
    return this.#ai?.apis.get(line)
  }

  get consumers(): ConsumerIndex | null {
    return this.#ai?.consumers ?? null
  }

  /** By its id. */
  published(api: string): PublishedApi | null {
    return this.#ai?.published.get(api) ?? null
  }

  /** The text of a line as this runtime holds it already. */
  knownLine(line: string): string {
    const known = this.builtFrom(line) ?? this.upstreamBuiltFrom(line) ?? this.modelApiFrom(line)
    return (known ?? this.consumers?.consumerFrom(line))?.line ?? line
  }

  /** The Model API that answers under this name and path; null where none does. */
  findModelApi(side: GatewaySide, hostName: string, url: string): PublishedApi | null {
    const ai = this.#ai
    return ai === null || ai.apis.size === 0 ? null : ai.tables[side].find(hostName, url)
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
    const services: Array<BuiltService<unknown>> = [...this.#built.values()]
    services.push(...(this.#ai?.services.values() ?? []))
    // A stream may keep this runtime for hours; of thousands of services it needs the one that it has found.
    this.#built.clear()
    this.#ai = null
    this.#upstreamServices.length = 0
    this.#services.length = 0
    this.#byName.clear()
    this.#byHostLabel.clear()
    this.#byNlbPort.clear()
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
