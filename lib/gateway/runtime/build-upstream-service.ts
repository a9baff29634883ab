import type { ModelApiProtocol } from '@/lib/domain/model-api-routes.ts'
import type { ServiceDefaults } from '@/lib/gateway/runtime/build-service.ts'
import { acquireDiscovered } from '@/lib/gateway/runtime/discovered-service.ts'
import type { FleetPlan } from '@/lib/gateway/runtime/fleet.ts'
import { buildFormatPlans } from '@/lib/gateway/runtime/format-plans.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import { KeyRing } from '@/lib/gateway/runtime/keys/key-ring.ts'
import type { ProviderKey } from '@/lib/gateway/runtime/keys/provider-key.ts'
import { createProviderTools } from '@/lib/gateway/runtime/provider-tools.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import type {
  ProviderRuntime,
  RelayPlan,
  UpstreamServiceRuntime,
} from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import { createRoundRobin } from '@/lib/gateway/stages/select-upstream/strategies/round-robin/round-robin.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import {
  type Credential,
  CredentialError,
  type PreparedProvider,
  type Provider,
  type ProviderRelay,
  ProviderSettingsError,
} from '@/lib/providers/provider.ts'
import { providerOf } from '@/lib/providers/registry.ts'
import type { PassiveHealth, RetryPolicy } from '@/lib/snapshot/instance-policies.ts'
import type { ProviderUpstream, UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** A model is asked twice only where it cannot have acted on the first time. */
const retries: RetryPolicy = { attempts: 2, idempotent: false }

/** Whoever is alone is never left out; what traffic teaches is for people to see. */
const providerHealth: PassiveHealth = {
  failures: 3,
  window: 5,
  windowMs: 60_000,
  ejectMs: 10_000,
  ejectMsMax: 60_000,
  on: { connect: true, timeout: true, serverError: true },
  pauseOnRetryAfter: false,
}

/** What a compiled service holds of the shared state, to be given back. */
export interface Releases {
  /** Once nobody can have requests of it any more. */
  readonly pools: Array<() => void>
  /** Once no runtime serves it. */
  readonly instances: Array<() => void>
}

/** Compiles one service of the AI gateway. Throws `SnapshotRefused` on settings that cannot work. */
export function buildUpstreamService(
  defaults: ServiceDefaults,
  service: UpstreamServiceSnapshot,
  shared: SharedState,
  releases: Releases,
): UpstreamServiceRuntime {
  const { id, name, requestTimeoutMs, upstream } = service
  const common = { id, name, requestTimeoutMs, retries }
  if (upstream.kind === 'addresses') {
    const { fleet, plan, release, releasePools } = acquireDiscovered(shared, service, upstream, defaults)
    releases.instances.push(release)
    releases.pools.push(releasePools)
    return { ...common, provider: null, models: [], fleet, plan }
  }
  const provider = providerOf(upstream.provider)
  if (provider === null) {
    throw new SnapshotRefused(`Service ${name} has provider ${upstream.provider}, which this node lacks.`)
  }
  const dial = { egress: defaults.egress, connectTimeoutMs: defaults.limits.upstreamConnectMs }
  const prepared = prepare(service, provider, upstream, createProviderTools(shared, dial))
  const { fleet, release } = shared.instances.acquireFleet(id)
  releases.instances.push(release)
  const instance = holdInstance(service, upstream, shared, { ...dial, tls: upstream.tls }, releases)
  const plan: FleetPlan = {
    serial: fleet.nextSerial(),
    running: true,
    instances: [instance],
    strategy: createRoundRobin([instance]),
    concurrency: null,
    passiveHealth: providerHealth,
    panicThreshold: 0,
    mayTakeOutLast: true,
  }
  const poolOf = (origin: string) => {
    const tls = origin === instance.pool.origin ? upstream.tls : null
    const held = shared.pools.acquire(origin, { ...dial, tls })
    releases.pools.push(held.release)
    return held.pool
  }
  const runtime: ProviderRuntime = {
    kind: provider.manifest.kind,
    prepared,
    keys: upstream.keys.length === 0 ? null : buildKeys(id, upstream, prepared, shared, releases),
    plans: buildFormatPlans(prepared.routes, poolOf),
    relays: buildRelays(prepared, poolOf),
  }
  return { ...common, provider: runtime, models: upstream.models, fleet, plan: () => plan }
}

/** vLLM is one of the servers of OpenAI's shape; a ComfyUI server has addresses and no provider. */
function buildRelays(
  { relay, modelStudioRelay }: PreparedProvider,
  poolOf: (origin: string) => UpstreamPool,
): ProviderRuntime['relays'] {
  const relays = new Map<ModelApiProtocol, RelayPlan>()
  const plan = (of: ProviderRelay): RelayPlan => ({
    pool: poolOf(of.origin),
    path: (asCalled) => of.path(asCalled),
  })
  if (relay !== null) for (const protocol of ['openai', 'vllm'] as const) relays.set(protocol, plan(relay))
  if (modelStudioRelay !== undefined) relays.set('model-studio', plan(modelStudioRelay))
  return relays
}

function prepare(
  { name }: UpstreamServiceSnapshot,
  provider: Provider,
  { protocol, baseUrl, options }: ProviderUpstream,
  tools: Parameters<Provider['prepare']>[1],
): PreparedProvider {
  try {
    return provider.prepare({ protocol, baseUrl: baseUrl.replace(/\/+$/, ''), options }, tools)
  } catch (error) {
    if (!(error instanceof ProviderSettingsError)) throw error
    throw new SnapshotRefused(`Service ${name}: ${error.message} (${error.field})`, { cause: error })
  }
}

/** The base URL as an instance, known by the service's id. */
function holdInstance(
  { id, name }: UpstreamServiceSnapshot,
  { baseUrl }: ProviderUpstream,
  shared: SharedState,
  dial: Parameters<SharedState['pools']['acquire']>[1],
  releases: Releases,
): Instance {
  if (!URL.canParse(baseUrl)) throw new SnapshotRefused(`Service ${name} has a base URL that is none.`)
  const { origin, protocol } = new URL(baseUrl)
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new SnapshotRefused(`Service ${name} has a base URL that is neither http: nor https:.`)
  }
  const { pool, release } = shared.pools.acquire(origin, dial)
  releases.pools.push(release)
  const held = shared.instances.acquire(
    id,
    { id, url: baseUrl, weight: 1 },
    { check: null, pool, basePath: '', upstreamHttp: '1.1' },
  )
  releases.instances.push(held.release)
  const requestsMax = shared.instances.shares.of(Number.POSITIVE_INFINITY)
  return { id, weight: 1, basePath: '', pool, requestsMax, slowStartMs: 0, state: held.state }
}

function buildKeys(
  serviceId: string,
  { keys, keyFailover }: ProviderUpstream,
  prepared: PreparedProvider,
  { keyRings, clock, upstreamNews }: SharedState,
  releases: Releases,
): KeyRing {
  const { states, release } = keyRings.acquire(serviceId, keys)
  releases.instances.push(release)
  const ready = states.map((state, index): ProviderKey => {
    return { state, credential: credentialOf(prepared, keys[index]?.value ?? '') }
  })
  return new KeyRing(serviceId, ready, keyFailover, clock, upstreamNews)
}

/** A key that has not its form fails like one that is refused: the others, and other tenants, go on. */
function credentialOf(prepared: PreparedProvider, secret: string): Credential {
  try {
    return prepared.credential(secret)
  } catch (error) {
    if (!(error instanceof ProviderSettingsError)) throw error
    const { message } = error
    return {
      authorize() {
        throw new CredentialError(message, true, { cause: error })
      },
    }
  }
}
