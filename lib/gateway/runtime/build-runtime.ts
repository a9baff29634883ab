import { AddressSet } from '@/lib/gateway/runtime/address-set.ts'
import { buildService, parseInstance } from '@/lib/gateway/runtime/build-service.ts'
import { EgressGuard } from '@/lib/gateway/runtime/egress-guard.ts'
import type { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type { UpstreamPools } from '@/lib/gateway/runtime/upstream-pools.ts'
import type { GatewayLimits, GatewaySnapshot, InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

/** What a timer can count; a longer one would fire at once. */
const limitMax = 2 ** 31 - 1

/** What outlives a single runtime. */
export interface SharedState {
  readonly pools: UpstreamPools
  readonly instances: InstanceRegistry
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

function checkLimit(name: string, value: number | null): void {
  if (value === null) return
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
