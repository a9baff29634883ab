import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { RoutingSnapshot } from '@/lib/snapshot/model-routing-snapshot.ts'
import {
  type GatewaySnapshot,
  type InferenceServiceSnapshot,
  snapshotFormatVersion,
} from '@/lib/snapshot/snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'
import { chatPath } from './peer.ts'

export const serviceToken = 'ek_live_bench0123456789bench0123456789bench01'

/** The name of the service that is number `index` of those that fill the snapshot. */
export function fillName(index: number): string {
  return `bench_fill_${index}`
}

/** One for fixed answers and one for streams. */
const usualServices = 2

/** How many services fill a snapshot of so many. */
export function fillCount(services: number): number {
  return services - usualServices
}

/** A snapshot with everything on. */
export function benchSnapshot(
  ports: { jsonPort: number; streamPort: number },
  services: number,
): GatewaySnapshot {
  const fillers = Array.from({ length: fillCount(services) }, (_, index) =>
    benchService(fillName(index), ports.jsonPort),
  )
  return {
    formatVersion: snapshotFormatVersion,
    revision: 1,
    gateway: { id: 'shared', name: 'shared', type: 'shared' },
    hosts: { internet: ['localhost'], vpc: ['localhost'] },
    limits: {
      requestBodyBytesMax: 1_048_576,
      headerBytesMax: 32_768,
      urlBytesMax: 16_384,
      clientHeadersMs: 10_000,
      clientIdleMs: 600_000,
      upstreamConnectMs: 5_000,
      upstreamIdleMs: 120_000,
      requestMs: 600_000,
      // Far above what this machine can carry, so that the limit is checked and never hit.
      requestsPerSecond: 1_000_000,
      requestsPerSecondPerService: 1_000_000,
      connectionsMax: 12_000,
      requestsInFlightMax: 10_000,
    },
    trustedProxies: [],
    proxyProtocol: { internet: false, vpc: false },
    access: { internet: null, vpc: null },
    domains: [],
    certificates: [],
    acmeChallenges: [],
    tlsPorts: { internet: null, vpc: null },
    selfTestKey: 'bench',
    egress: { denyCidrs: ['169.254.0.0/16', 'fe80::/10'], allowCidrs: [] },
    upstreamServices: [
      benchProvider('svc_bench', 'openai-compatible', `http://127.0.0.1:${ports.jsonPort}/v1`),
      benchProvider('svc_bench_stream', 'openai-compatible', `http://127.0.0.1:${ports.streamPort}/v1`),
      benchProvider('svc_bench_claude', 'claude', `http://127.0.0.1:${ports.streamPort}`),
    ],
    consumers: [],
    modelApis: [benchModelApi('openai'), benchModelApi('anthropic'), ...routedApis, ...streamApis],
    services: [
      benchService('bench_json', ports.jsonPort),
      benchService('bench_stream', ports.streamPort),
      ...fillers,
    ],
  }
}

function benchProvider(id: string, provider: string, baseUrl: string): UpstreamServiceSnapshot {
  return {
    id,
    name: id,
    workspaceId: 'ws_bench',
    requestTimeoutMs: 60_000,
    upstream: {
      kind: 'provider',
      provider,
      protocol: provider === 'claude' ? 'native' : 'openai',
      baseUrl,
      options: {},
      models: [],
      keys: [{ id: `key_${id}`, value: 'upstream-key' }],
      keyFailover: null,
      tls: null,
    },
  }
}

/** At a base path that is the name of its protocol. */
function benchModelApi(protocol: 'openai' | 'anthropic'): ModelApiSnapshot {
  return {
    id: `mapi_${protocol}`,
    name: protocol,
    workspaceId: 'ws_bench',
    enabled: true,
    useCase: 'text',
    protocol,
    disabledRoutes: [],
    domains: [],
    basePath: `/${protocol}`,
    removeBasePath: true,
    routing: { mode: 'single', target },
    fallback: null,
    firstPacketTimeoutMs: 0,
    monitoring: null,
    authorization: null,
    moderation: null,
    limits: null,
  }
}

const target = { serviceId: 'svc_bench', model: null }

/** Ten rules, so that the last one is looked for; two targets of one service. */
const routings: Readonly<Record<string, RoutingSnapshot>> = {
  name: {
    mode: 'model-name',
    rules: Array.from({ length: 10 }, (_, index) => ({ pattern: `model-${index}-*`, target })),
    default: target,
  },
  weight: {
    mode: 'weight',
    targets: [
      { ...target, weight: 70 },
      { ...target, weight: 30 },
    ],
  },
  metrics: {
    mode: 'metrics',
    objective: 'least-total-latency',
    maxShare: 0.8,
    window: 100,
    targets: [target, target],
  },
  intent: {
    mode: 'intent',
    classifier: { type: 'local' },
    labels: [],
    intents: { code: target },
    default: target,
  },
}

const routedApis = Object.entries(routings).map(([mode, routing]) => ({
  ...benchModelApi('openai'),
  ...{ id: `mapi_by_${mode}`, name: `by-${mode}`, basePath: `/by-${mode}`, routing },
}))

/** By what their callers speak and what their service does. */
const streamApis = (
  [
    ['openai', 'openai', 'svc_bench_stream'],
    ['anthropic', 'openai', 'svc_bench_stream'],
    ['openai', 'anthropic', 'svc_bench_claude'],
  ] as const
).map(([caller, service, serviceId]) => ({
  ...benchModelApi(caller),
  id: `mapi_stream_${caller}_${service}`,
  name: `stream-${caller}-${service}`,
  basePath: `/stream/${caller}-${service}`,
  routing: { mode: 'single', target: { serviceId, model: null } } as const,
}))

function benchService(name: string, port: number): InferenceServiceSnapshot {
  return {
    id: `eas_${name}`,
    name,
    workspaceId: 'ws_bench',
    running: true,
    apiPath: chatPath,
    tokens: [{ id: `tok_${name}`, value: serviceToken, expiresAt: null, requestsPerSecond: null }],
    forwardAuthorization: false,
    upstreamAuthorization: 'Bearer upstream-key',
    protocol: 'http',
    upstreamHttp: '1.1',
    direct: { securityRules: [], discovery: false, nlb: [], nacos: [] },
    balancing: { strategy: 'round-robin' },
    requestTimeoutMs: 60_000,
    requestsPerSecond: null,
    concurrency: { perInstance: 10_000, queueSize: 64, queueTimeoutMs: 10_000 },
    retries: { attempts: 2, idempotent: false },
    passiveHealth: {
      failures: 5,
      window: 10,
      windowMs: 30_000,
      ejectMs: 10_000,
      ejectMsMax: 300_000,
      on: { connect: true, timeout: true, serverError: true },
      pauseOnRetryAfter: true,
    },
    slowStartMs: 10_000,
    panicThreshold: 50,
    // The upstream of the benchmark has no health path.
    healthCheck: null,
    instances: [{ id: `ins_${name}`, url: `http://127.0.0.1:${port}`, weight: 1 }],
  }
}
