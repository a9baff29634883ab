import type { PassiveHealth } from '@/lib/snapshot/instance-policies.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import {
  type GatewayLimits,
  type GatewaySnapshot,
  type InferenceServiceSnapshot,
  type InstanceSnapshot,
  snapshotFormatVersion,
} from '@/lib/snapshot/snapshot.ts'
import type { ProviderUpstream, UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

export const testToken = 'ek_live_0123456789012345678901234567890123456789'

export const testLimits: GatewayLimits = {
  requestBodyBytesMax: 1_048_576,
  headerBytesMax: 32_768,
  urlBytesMax: 16_384,
  clientHeadersMs: 10_000,
  clientIdleMs: 60_000,
  upstreamConnectMs: 1_000,
  upstreamIdleMs: 10_000,
  requestMs: 60_000,
  requestsPerSecond: null,
  requestsPerSecondPerService: null,
  connectionsMax: 10_000,
  requestsInFlightMax: 10_000,
}

/** Three failures of five within a minute take an instance out for 10 s. */
export const passivePolicy: PassiveHealth = {
  failures: 3,
  window: 5,
  windowMs: 60_000,
  ejectMs: 10_000,
  ejectMsMax: 60_000,
  on: { connect: true, timeout: true, serverError: true },
  pauseOnRetryAfter: true,
}

export function makeSnapshot(
  overrides: Partial<Omit<GatewaySnapshot, 'limits'>> & { limits?: Partial<GatewayLimits> } = {},
): GatewaySnapshot {
  return {
    formatVersion: snapshotFormatVersion,
    revision: 1,
    gateway: { id: 'gw_test', name: 'shared', type: 'shared' },
    hosts: { internet: ['gateway.test'], vpc: ['vpc.gateway.test'] },
    trustedProxies: [],
    proxyProtocol: { internet: false, vpc: false },
    access: { internet: null, vpc: null },
    domains: [],
    certificates: [],
    acmeChallenges: [],
    tlsPorts: { internet: null, vpc: null },
    selfTestKey: 'self-test-key',
    egress: { denyCidrs: ['169.254.0.0/16', 'fe80::/10'], allowCidrs: [] },
    services: [],
    upstreamServices: [],
    modelApis: [],
    consumers: [],
    ...overrides,
    limits: { ...testLimits, ...overrides.limits },
  }
}

export function makeService(overrides: Partial<InferenceServiceSnapshot> = {}): InferenceServiceSnapshot {
  return {
    id: 'eas_demo',
    name: 'demo',
    workspaceId: 'ws_test',
    running: true,
    apiPath: '/v1/chat/completions',
    tokens: [{ id: 'tok_demo', value: testToken, expiresAt: null, requestsPerSecond: null }],
    forwardAuthorization: false,
    upstreamAuthorization: null,
    protocol: 'http',
    upstreamHttp: '1.1',
    balancing: { strategy: 'round-robin' },
    requestTimeoutMs: 30_000,
    requestsPerSecond: null,
    concurrency: null,
    retries: { attempts: 2, idempotent: false },
    healthCheck: null,
    passiveHealth: null,
    slowStartMs: 0,
    panicThreshold: 50,
    instances: [],
    direct: { securityRules: [], discovery: false, nlb: [], nacos: [] },
    ...overrides,
  }
}

export function makeInstance(url: string, overrides: Partial<InstanceSnapshot> = {}): InstanceSnapshot {
  return { id: `ins_${url.replaceAll(/\W+/g, '_')}`, url, weight: 1, ...overrides }
}

/** A service of an OpenAI-compatible provider, with one key. */
export function makeProviderService(
  baseUrl: string,
  upstream: Partial<ProviderUpstream> = {},
  overrides: Partial<UpstreamServiceSnapshot> = {},
): UpstreamServiceSnapshot {
  return {
    id: 'svc_model',
    name: 'model',
    workspaceId: 'ws_test',
    requestTimeoutMs: 10_000,
    upstream: {
      kind: 'provider',
      provider: 'openai-compatible',
      protocol: 'openai',
      baseUrl,
      options: {},
      models: [],
      keys: [{ id: 'key_1', value: 'token-abc123' }],
      keyFailover: null,
      tls: null,
      ...upstream,
    },
    ...overrides,
  }
}

/** At `/` under any name, leading to `makeProviderService`. */
export function makeModelApi(overrides: Partial<ModelApiSnapshot> = {}): ModelApiSnapshot {
  return {
    id: 'mapi_chat',
    name: 'chat',
    workspaceId: 'ws_test',
    enabled: true,
    useCase: 'text',
    protocol: 'openai',
    disabledRoutes: [],
    domains: [],
    basePath: '/',
    removeBasePath: false,
    routing: { mode: 'single', target: { serviceId: 'svc_model', model: null } },
    fallback: null,
    firstPacketTimeoutMs: 0,
    monitoring: null,
    authorization: null,
    moderation: null,
    limits: null,
    ...overrides,
  }
}
