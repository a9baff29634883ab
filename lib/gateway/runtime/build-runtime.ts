import { AddressSet } from '@/lib/gateway/runtime/address-set.ts'
import { EgressGuard } from '@/lib/gateway/runtime/egress-guard.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { ServiceRuntime } from '@/lib/gateway/runtime/service-runtime.ts'
import type { UpstreamPools } from '@/lib/gateway/runtime/upstream-pools.ts'
import { TokenIndex } from '@/lib/gateway/stages/authorize/token-index.ts'
import { RetryBudget } from '@/lib/gateway/stages/forward/retry-budget.ts'
import { createStrategy } from '@/lib/gateway/stages/select-upstream/registry.ts'
import type {
  GatewayLimits,
  GatewaySnapshot,
  InferenceServiceSnapshot,
  InstanceSnapshot,
} from '@/lib/snapshot/snapshot.ts'

/** What a timer can count; a longer one would fire at once. */
const limitMax = 2 ** 31 - 1

/** What outlives a single runtime. */
export interface SharedState {
  readonly pools: UpstreamPools
  readonly instances: InstanceRegistry
}

/** The snapshot cannot be run; the reason is safe to show in the console. */
export class SnapshotRefused extends Error {
  override readonly name = 'SnapshotRefused'
}

/** Compiles a snapshot. Checks everything before it takes anything, so a throw leaves nothing behind. */
export function buildRuntime(snapshot: GatewaySnapshot, shared: SharedState): Runtime {
  checkLimits(snapshot.limits)
  checkServices(snapshot.services)
  const trustedProxies = parsed('trustedProxies', () => new AddressSet(snapshot.trustedProxies))
  parsed('egress', () => new EgressGuard(snapshot.egress))
  for (const service of snapshot.services) {
    for (const instance of service.instances) parseInstance(service, instance)
  }

  const poolReleases: Array<() => void> = []
  const instanceReleases: Array<() => void> = []
  const services = snapshot.services.map((service) =>
    buildService(snapshot, service, shared, poolReleases, instanceReleases),
  )
  return new Runtime({
    revision: snapshot.revision,
    limits: snapshot.limits,
    trustedProxies,
    hosts: { internet: lowerCaseSet(snapshot.hosts.internet), vpc: lowerCaseSet(snapshot.hosts.vpc) },
    services,
    releaseInstances: () => callAll(instanceReleases),
    releasePools: () => callAll(poolReleases),
  })
}

function buildService(
  snapshot: GatewaySnapshot,
  service: InferenceServiceSnapshot,
  shared: SharedState,
  poolReleases: Array<() => void>,
  instanceReleases: Array<() => void>,
): ServiceRuntime {
  const dial = { egress: snapshot.egress, connectTimeoutMs: snapshot.limits.upstreamConnectMs }
  const instances = service.instances.map((instance): Instance => {
    const { origin, basePath } = parseInstance(service, instance)
    const { pool, release } = shared.pools.acquire(origin, dial)
    poolReleases.push(release)
    // A stopped service is not checked: its instances are expected to be away.
    const check = service.running ? service.healthCheck : null
    const held = shared.instances.acquire(instance, { check, pool, basePath })
    instanceReleases.push(held.release)
    return { id: instance.id, weight: instance.weight, basePath, pool, state: held.state }
  })
  return {
    id: service.id,
    name: service.name,
    running: service.running,
    tokens: new TokenIndex(service.tokens),
    forwardAuthorization: service.forwardAuthorization,
    upstreamAuthorization: service.upstreamAuthorization,
    requestTimeoutMs: service.requestTimeoutMs,
    instances,
    strategy: createStrategy(service.balancing, instances),
    retryBudget: new RetryBudget(),
  }
}

function parseInstance(
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

function checkServices(services: readonly InferenceServiceSnapshot[]): void {
  const names = new Set<string>()
  for (const { name, requestTimeoutMs } of services) {
    checkLimit(`requestTimeoutMs of service ${name}`, requestTimeoutMs)
    if (names.has(name)) throw new SnapshotRefused(`Two services are named ${name}.`)
    names.add(name)
  }
}

function checkLimits(limits: GatewayLimits): void {
  for (const [name, value] of Object.entries(limits)) {
    checkLimit(name, value)
  }
}

function checkLimit(name: string, value: number): void {
  if (value > 0 && value <= limitMax) return
  throw new SnapshotRefused(`The limit ${name} is not between 1 and ${limitMax}.`)
}

function parsed<T>(field: string, parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    throw new SnapshotRefused(`${field} holds something that is not an address or CIDR block.`, { cause })
  }
}

function lowerCaseSet(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()))
}

function callAll(calls: ReadonlyArray<() => void>): void {
  for (const call of calls) call()
}
