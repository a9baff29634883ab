import { type Engine, handleRequest } from '@/lib/gateway/handle-request.ts'
import { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { createSharedState, type SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { WebExchange } from '@/lib/gateway/web-exchange.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import { type EgressPolicy, type GatewaySnapshot, snapshotFormatVersion } from '@/lib/snapshot/snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

export const probeMs = 30_000
const connectMs = 10_000
const bodyBytesMax = 1_048_576

/** Remembers how its requests ended. */
class RememberingObserver extends Observer {
  last: Observation | null = null

  override finish(observation: Observation): void {
    super.finish(observation)
    this.last = observation
  }
}

/** A gateway of one service and one Model API, for a single question. What it learns is forgotten with it. */
export class ProbeStand {
  readonly shared: SharedState
  readonly egress: EgressPolicy
  readonly #runtimes: RuntimeHolder
  readonly #observer: RememberingObserver
  readonly #engine: Engine
  #handled: Promise<void> = Promise.resolve()

  /** Throws `SnapshotRefused` on a service that cannot work. */
  constructor(service: UpstreamServiceSnapshot, egress: EgressPolicy, logger: Logger) {
    this.egress = egress
    this.shared = createSharedState(systemClock, null, logger)
    this.#runtimes = new RuntimeHolder(this.shared)
    this.#observer = new RememberingObserver(systemClock, logger)
    this.#engine = {
      runtimes: this.#runtimes,
      observer: this.#observer,
      overload: new OverloadGuard(logger),
    }
    this.#runtimes.replace(snapshotOf(service, egress))
  }

  get service(): UpstreamServiceRuntime | null {
    return this.#runtimes.current?.upstreamServices[0] ?? null
  }

  get connectTimeoutMs(): number {
    return connectMs
  }

  /** How the last call ended, once its answer is read or cancelled. */
  async observed(): Promise<Observation | null> {
    await this.#handled
    return this.#observer.last
  }

  /** As a caller of a Model API. Rejects when the signal says so or the answer breaks off before it begins. */
  call(path: string, body: object, requestId: string, signal: AbortSignal): Promise<Response> {
    const request = new Request(`http://probe${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': requestId },
      body: JSON.stringify(body),
      signal,
    })
    const exchange = new WebExchange(request, { side: 'internet', clientAddress: '127.0.0.1', target: path })
    this.#handled = handleRequest(this.#engine, exchange)
    return exchange.response
  }

  async close(): Promise<void> {
    await this.shared.pools.destroy()
    await this.#runtimes.close()
  }
}

function snapshotOf(service: UpstreamServiceSnapshot, egress: EgressPolicy): GatewaySnapshot {
  const { upstream } = service
  return {
    formatVersion: snapshotFormatVersion,
    revision: 1,
    gateway: { id: 'probe', name: 'probe', type: 'shared' },
    hosts: { internet: [], vpc: [] },
    limits: {
      requestBodyBytesMax: bodyBytesMax,
      headerBytesMax: 32_768,
      urlBytesMax: 16_384,
      clientHeadersMs: probeMs,
      clientIdleMs: probeMs,
      upstreamConnectMs: connectMs,
      upstreamIdleMs: probeMs,
      requestMs: probeMs,
      requestsPerSecond: null,
      requestsPerSecondPerService: null,
      connectionsMax: 1,
      requestsInFlightMax: 10,
    },
    trustedProxies: [],
    proxyProtocol: { internet: false, vpc: false },
    access: { internet: null, vpc: null },
    domains: [],
    certificates: [],
    acmeChallenges: [],
    tlsPorts: { internet: null, vpc: null },
    egress,
    selfTestKey: '',
    services: [],
    // One question says more than checks would within its time.
    upstreamServices: [
      upstream.kind === 'addresses' ? { ...service, upstream: { ...upstream, healthCheck: null } } : service,
    ],
    consumers: [],
    modelApis: [
      {
        id: 'probe',
        name: 'probe',
        workspaceId: service.workspaceId,
        useCase: 'text',
        protocol: 'openai',
        enabled: true,
        disabledRoutes: [],
        domains: [],
        basePath: '/',
        removeBasePath: false,
        routing: { mode: 'single', target: { serviceId: service.id, model: null } },
        fallback: null,
        firstPacketTimeoutMs: 0,
        monitoring: null,
        authorization: null,
        moderation: null,
        limits: null,
      },
    ],
  }
}
