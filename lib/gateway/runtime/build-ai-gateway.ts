import type { AiGateway } from '@/lib/gateway/runtime/ai-gateway.ts'
import { buildModelApi, publish } from '@/lib/gateway/runtime/build-model-api.ts'
import type { ServiceDefaults } from '@/lib/gateway/runtime/build-service.ts'
import { buildUpstreamService } from '@/lib/gateway/runtime/build-upstream-service.ts'
import { BuiltService } from '@/lib/gateway/runtime/built-service.ts'
import { indexConsumers } from '@/lib/gateway/runtime/consumers/consumer-index.ts'
import type { ModelApiRuntime, PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import { ModelApiTable } from '@/lib/gateway/runtime/model-api-table.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { Steps } from '@/lib/platform/slices.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'
import {
  decodeUpstreamService,
  type SnapshotHead,
  type SnapshotParts,
} from '@/lib/snapshot/snapshot-codec.ts'

/** What a timer can count; a longer one would fire at once. */
const timeoutMsMax = 2 ** 31 - 1

export interface AiGatewaySources {
  readonly parts: SnapshotParts
  readonly head: SnapshotHead
  readonly shared: SharedState
  readonly previous: Runtime | null
  /** Whether what the previous runtime compiled depended on the same defaults. */
  readonly isReusable: boolean
}

/**
 * Compiles them one by one; what the previous runtime has compiled from the same text is taken over. Whatever it retains
 * it adds to `taken`, for whoever gives the build up.
 */
export function* buildAiGateway(
  { parts, head, shared, previous, isReusable }: AiGatewaySources,
  taken: Array<BuiltService<unknown>>,
): Steps<AiGateway> {
  const services: AiGateway['services'] = new Map()
  const byId = new Map<string, UpstreamServiceRuntime>()
  for (const line of parts.upstreamServices) {
    const known = isReusable ? previous?.upstreamBuiltFrom(line) : undefined
    const built = known ?? build(line, head, shared)
    built.retain()
    taken.push(built)
    const { id } = built.runtime
    if (byId.has(id)) throw new SnapshotRefused(`Two services of the AI gateway have the id ${id}.`)
    byId.set(id, built.runtime)
    services.set(built.line, built)
    yield
  }
  const apis = new Map<string, ModelApiRuntime>()
  for (const line of parts.modelApis) {
    const api = previous?.modelApiFrom(line) ?? buildModelApi(line)
    apis.set(api.line, api)
    yield
  }
  const dial = { egress: head.egress, connectTimeoutMs: head.limits.upstreamConnectMs }
  const consumers = yield* indexConsumers(parts.consumers, { shared, dial }, previous?.consumers ?? null)
  const published = new Map<string, PublishedApi>()
  for (const api of apis.values()) {
    published.set(api.id, publish(api, byId, consumers, previous?.published(api.id) ?? null, shared))
    yield
  }
  const tableOf = (side: GatewaySide) => new ModelApiTable(side, head.domains, [...published.values()])
  const tables = { internet: tableOf('internet'), vpc: tableOf('vpc') }
  return { services, apis, consumers, published, tables }
}

function build(
  line: string,
  defaults: ServiceDefaults,
  shared: SharedState,
): BuiltService<UpstreamServiceRuntime> {
  const releases = { pools: [] as Array<() => void>, instances: [] as Array<() => void> }
  const releaseInstances = () => callAll(releases.instances)
  const releasePools = () => callAll(releases.pools)
  try {
    const service = decodeUpstreamService(line)
    const { name, requestTimeoutMs } = service
    if (!(requestTimeoutMs > 0 && requestTimeoutMs <= timeoutMsMax)) {
      throw new SnapshotRefused(
        `The limit requestTimeoutMs of service ${name} is not between 1 and ${timeoutMsMax}.`,
      )
    }
    const runtime = buildUpstreamService(defaults, service, shared, releases)
    return new BuiltService(line, runtime, releaseInstances, releasePools)
  } catch (error) {
    releaseInstances()
    releasePools()
    throw error
  }
}

/** What was taken last is released first. */
function callAll(calls: ReadonlyArray<() => void>): void {
  for (let index = calls.length - 1; index >= 0; index--) calls[index]?.()
}
