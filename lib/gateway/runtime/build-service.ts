import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { DirectRuntime, ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import { noSecurityRules, SecurityRules } from '@/lib/gateway/security/security-rules.ts'
import { TokenIndex } from '@/lib/gateway/stages/authorize/token-index.ts'
import { createRateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import { ServiceTally } from '@/lib/gateway/stages/observe/service-tally.ts'
import { createStrategy } from '@/lib/gateway/stages/select-upstream/registry.ts'
import type { GatewaySnapshot, InferenceServiceSnapshot, InstanceSnapshot } from '@/lib/snapshot/snapshot.ts'

/** Of the rest of a snapshot, all that a compiled service may depend on: it is kept until its own text or this changes. */
export type ServiceDefaults = Pick<GatewaySnapshot, 'limits' | 'egress'>

/** Compiles one service. What it takes of the shared state, it adds to the two lists of releases. */
export function buildService(
  snapshot: ServiceDefaults,
  service: InferenceServiceSnapshot,
  shared: SharedState,
  poolReleases: Array<() => void>,
  instanceReleases: Array<() => void>,
): ServiceRuntime {
  const dial = { egress: snapshot.egress, connectTimeoutMs: snapshot.limits.upstreamConnectMs }
  const { fleet, release: releaseFleet } = shared.instances.acquireFleet(service.id)
  instanceReleases.push(releaseFleet)
  const requestsMax = shared.instances.shares.of(service.concurrency?.perInstance ?? Number.POSITIVE_INFINITY)
  const instances = service.instances.map((instance): Instance => {
    const { origin, basePath } = parseInstance(service, instance)
    const { pool, release } = shared.pools.acquire(origin, dial)
    poolReleases.push(release)
    // A stopped service is not checked: its instances are expected to be away.
    const check = service.running ? service.healthCheck : null
    const held = shared.instances.acquire(service.id, instance, {
      check,
      pool,
      basePath,
      upstreamHttp: service.upstreamHttp,
    })
    instanceReleases.push(held.release)
    return {
      id: instance.id,
      weight: instance.weight,
      basePath,
      pool,
      requestsMax,
      slowStartMs: service.slowStartMs,
      state: held.state,
    }
  })
  const requestsPerSecond = service.requestsPerSecond ?? snapshot.limits.requestsPerSecondPerService
  return {
    id: service.id,
    name: service.name,
    running: service.running,
    tokens: new TokenIndex(service.tokens, (token) =>
      createRateLimit(shared.windows, 'token', token.id, token.requestsPerSecond, instanceReleases),
    ),
    forwardAuthorization: service.forwardAuthorization,
    upstreamAuthorization: service.upstreamAuthorization,
    protocol: service.protocol,
    upstreamHttp: service.upstreamHttp,
    requestTimeoutMs: service.requestTimeoutMs,
    rateLimit: createRateLimit(shared.windows, 'service', service.id, requestsPerSecond, instanceReleases),
    tally: new ServiceTally(),
    instances,
    strategy: createStrategy(service.balancing, instances),
    fleet,
    serial: fleet.nextSerial(),
    concurrency: service.concurrency,
    retries: service.retries,
    passiveHealth: service.passiveHealth,
    panicThreshold: service.panicThreshold,
    direct: buildDirect(service),
  }
}

function buildDirect(service: InferenceServiceSnapshot): DirectRuntime {
  const { discovery, nlb, nacos } = service.direct
  return { security: parseSecurityRules(service), discovery, nlb, nacos }
}

/** Throws `SnapshotRefused` on a rule whose block cannot be read. */
export function parseSecurityRules(service: InferenceServiceSnapshot): SecurityRules {
  const { securityRules } = service.direct
  if (securityRules.length === 0) return noSecurityRules
  try {
    return new SecurityRules(securityRules)
  } catch (cause) {
    throw new SnapshotRefused(`A security rule of service ${service.name} has no valid block.`, { cause })
  }
}

/** Throws `SnapshotRefused` on an address that cannot be dialled. */
export function parseInstance(
  service: InferenceServiceSnapshot,
  instance: InstanceSnapshot,
): { origin: string; basePath: string } {
  const where = `Instance ${instance.id} of service ${service.name}`
  if (!URL.canParse(instance.url)) throw new SnapshotRefused(`${where} has no valid address.`)
  const url = new URL(instance.url)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new SnapshotRefused(`${where} has an address that is neither http: nor https:.`)
  }
  if (!Number.isFinite(instance.weight) || instance.weight < 0) {
    throw new SnapshotRefused(`${where} has a weight that is not a number from 0 up.`)
  }
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') }
}
