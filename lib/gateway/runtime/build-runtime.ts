import { AddressSet } from '@/lib/addresses/address-set.ts'
import { EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { buildAiGateway } from '@/lib/gateway/runtime/build-ai-gateway.ts'
import {
  buildService,
  parseInstance,
  parseSecurityRules,
  type ServiceDefaults,
} from '@/lib/gateway/runtime/build-service.ts'
import { BuiltService } from '@/lib/gateway/runtime/built-service.ts'
import { HostNames } from '@/lib/gateway/runtime/host-names.ts'
import { Runtime, type RuntimeAccess } from '@/lib/gateway/runtime/runtime.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import { buildTls } from '@/lib/gateway/runtime/tls-names.ts'
import { createRateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import type { Steps } from '@/lib/platform/slices.ts'
import type {
  GatewayLimits,
  GatewaySide,
  InferenceServiceSnapshot,
  SnapshotAccess,
} from '@/lib/snapshot/snapshot.ts'
import {
  decodeHead,
  decodeService,
  partsOf,
  type SnapshotHead,
  type SnapshotLines,
  type SnapshotParts,
} from '@/lib/snapshot/snapshot-codec.ts'

/** What a timer can count; a longer one would fire at once. */
const limitMax = 2 ** 31 - 1

/**
 * A service that the previous runtime has with the same text, or the text of a new one that passed the checks. It is
 * read again when it is built: thousands of them held read meanwhile would cost the garbage collector more.
 */
type Planned = BuiltService | string

/**
 * Compiles a snapshot, service by service; what the previous runtime has compiled from the same text is taken over.
 * Checks everything before it builds anything, and leaves nothing behind when it throws or is given up.
 */
export function* buildRuntime(
  lines: SnapshotLines,
  shared: SharedState,
  previous: Runtime | null,
): Steps<Runtime> {
  const head = decodeHead(lines[0] ?? '')
  checkLimits(head.limits)
  const trustedProxies = parsed('trustedProxies', () => new AddressSet(head.trustedProxies))
  const egress = parsed('egress', () => new EgressGuard(head.egress))
  const access = accessOf(head.access, previous)
  const tls = yield* buildTls(head, previous?.tls ?? null)
  const defaultsKey = keyOf(head)
  const taken: Array<BuiltService<unknown>> = []
  const parts = partsOf(lines, head)
  let runtime: Runtime | null = null
  try {
    const reusable = previous?.defaultsKey === defaultsKey ? previous : null
    const planned = yield* plan(parts, reusable, taken)
    const services = new Map<string, BuiltService>()
    for (const entry of planned) {
      const built = typeof entry === 'string' ? take(build(entry, head, shared), taken) : entry
      services.set(built.line, built)
      yield
    }
    const isReusable = reusable !== null
    const ai = yield* buildAiGateway({ parts, head, shared, previous, isReusable }, taken)
    const limitReleases: Array<() => void> = []
    const { requestsPerSecond } = head.limits
    runtime = new Runtime({
      revision: head.revision,
      head: lines[0] ?? '',
      defaultsKey,
      limits: head.limits,
      trustedProxies,
      proxyProtocol: head.proxyProtocol,
      access,
      tls,
      egress,
      selfTestKey: head.selfTestKey,
      names: { internet: namesOf(head, 'internet'), vpc: namesOf(head, 'vpc') },
      tlsPorts: head.tlsPorts,
      acmeChallenges: new Map(
        head.acmeChallenges.map(({ token, keyAuthorization }) => [token, keyAuthorization]),
      ),
      services,
      ai,
      rateLimit: createRateLimit(
        shared.windows,
        'gateway',
        head.gateway.id,
        requestsPerSecond,
        limitReleases,
      ),
      releaseRateLimit: () => callAll(limitReleases),
    })
    yield* runtime.index()
    return runtime
  } finally {
    if (runtime === null) giveUp(taken)
  }
}

/** Everything that a compiled service may depend on besides its own text. */
function keyOf({ limits, egress }: ServiceDefaults): string {
  return JSON.stringify([limits, egress])
}

function* plan(
  { services }: SnapshotParts,
  reusable: Runtime | null,
  taken: Array<BuiltService<unknown>>,
): Steps<Planned[]> {
  const names = new Set<string>()
  const ports = new Set<number>()
  const planned: Planned[] = []
  for (const line of services) {
    const built = reusable?.builtFrom(line)
    const { name, direct } = built?.runtime ?? checkedService(line)
    if (names.has(name)) throw new SnapshotRefused(`Two services are named ${name}.`)
    names.add(name)
    for (const { port } of direct.nlb) {
      if (ports.has(port)) throw new SnapshotRefused(`Two services have the layer 4 port ${port}.`)
      ports.add(port)
    }
    planned.push(built === undefined ? line : take(built, taken))
    yield
  }
  return planned
}

function checkedService(line: string): InferenceServiceSnapshot {
  const service = decodeService(line)
  checkLimit(`requestTimeoutMs of service ${service.name}`, service.requestTimeoutMs)
  for (const instance of service.instances) parseInstance(service, instance)
  parseSecurityRules(service)
  return service
}

function build(line: string, defaults: ServiceDefaults, shared: SharedState): BuiltService {
  const poolReleases: Array<() => void> = []
  const instanceReleases: Array<() => void> = []
  const releaseInstances = () => callAll(instanceReleases)
  const releasePools = () => callAll(poolReleases)
  try {
    const service = buildService(defaults, decodeService(line), shared, poolReleases, instanceReleases)
    return new BuiltService(line, service, releaseInstances, releasePools)
  } catch (error) {
    releaseInstances()
    releasePools()
    throw error
  }
}

function take(built: BuiltService, taken: Array<BuiltService<unknown>>): BuiltService {
  built.retain()
  taken.push(built)
  return built
}

function giveUp(taken: ReadonlyArray<BuiltService<unknown>>): void {
  for (const built of taken) {
    built.retire()
    built.release()
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

/** The same object as before where it says the same, so that whoever acts on changes can tell. */
function accessOf(access: SnapshotAccess, previous: Runtime | null): RuntimeAccess {
  const key = JSON.stringify(access)
  if (previous?.access.key === key) return previous.access
  const setOf = (cidrs: readonly string[] | null) => cidrs && new AddressSet(cidrs)
  return parsed('access', () => ({ key, internet: setOf(access.internet), vpc: setOf(access.vpc) }))
}

function namesOf({ hosts, domains }: SnapshotHead, side: GatewaySide): HostNames {
  return new HostNames(
    hosts[side],
    domains.filter((domain) => domain.side === side),
  )
}

/** What was taken last is released first. */
function callAll(calls: ReadonlyArray<() => void>): void {
  for (let index = calls.length - 1; index >= 0; index--) calls[index]?.()
}
