import { describe, expect, test } from 'vitest'
import { checkSnapshot } from './check-snapshot.ts'
import { compileSnapshot } from './compile-snapshot.ts'
import { defaultLimits } from './default-limits.ts'
import type { GatewayDocument, InferenceServiceDocument } from './documents.ts'
import type { GatewayRows } from './gateway-rows.ts'
import { emptyRows } from './testing/empty-rows.ts'

const {
  upstreamCredentialSealed: _sealed,
  nacos: _nacos,
  ...document
}: InferenceServiceDocument = {
  workspaceId: 'ws_1',
  gatewayId: 'gw_shared',
  name: 'qwen_7b',
  description: 'not for nodes',
  runtime: 'endpoint',
  runtimeConfig: {},
  apiType: 'openai-chat',
  apiPath: null,
  model: 'Qwen2.5-7B',
  protocol: 'http',
  upstreamHttp: '2',
  vpcId: null,
  vswitchId: null,
  securityGroupId: null,
  vpcDirect: false,
  nlb: [],
  nacos: [],
  balancing: { strategy: 'round-robin' },
  requestTimeoutMs: 60_000,
  requestsPerSecond: 50,
  concurrency: { perInstance: 4, queueSize: 8, queueTimeoutMs: 1000 },
  retries: { attempts: 1, idempotent: true },
  passiveHealth: null,
  slowStartMs: 0,
  panicThreshold: 30,
  healthCheck: null,
  forwardAuthorization: false,
  upstreamCredentialSealed: 's1:never',
  labels: {},
  running: true,
  instances: [{ id: 'ins_1', url: 'http://10.0.0.5:8000', weight: 1 }],
}

const passiveHealth = {
  failures: 5,
  window: 10,
  windowMs: 30_000,
  ejectMs: 10_000,
  ejectMsMax: 300_000,
  on: { connect: true, timeout: true, serverError: true },
  pauseOnRetryAfter: true,
}

const rows: GatewayRows = {
  ...emptyRows({ revision: 7 }),
  services: [
    {
      id: 'eas_1',
      document,
      upstreamCredential: null,
      securityRules: [],
      nacos: [],
      tokens: [{ id: 'key_1', value: 'ek_live_x', expiresAt: null, requestsPerSecond: 5 }],
    },
  ],
}

function withService(changes: Partial<typeof document>): GatewayRows {
  return {
    ...rows,
    services: rows.services.map((service) => ({ ...service, document: { ...document, ...changes } })),
  }
}

function withGateway(changes: Partial<GatewayDocument>): GatewayRows {
  const { gateway } = rows
  return { ...rows, gateway: { ...gateway, document: { ...gateway.document, ...changes } } }
}

describe('a compiled snapshot', () => {
  test('carries the revision and exactly what a node acts on', () => {
    const snapshot = compileSnapshot(rows)
    expect(snapshot.revision).toBe(7)
    expect(snapshot.services).toEqual([
      {
        id: 'eas_1',
        name: 'qwen_7b',
        workspaceId: 'ws_1',
        running: true,
        apiPath: '/v1/chat/completions',
        tokens: [{ id: 'key_1', value: 'ek_live_x', expiresAt: null, requestsPerSecond: 5 }],
        forwardAuthorization: false,
        upstreamAuthorization: null,
        protocol: 'http',
        upstreamHttp: '2',
        balancing: { strategy: 'round-robin' },
        requestTimeoutMs: 60_000,
        requestsPerSecond: 50,
        concurrency: { perInstance: 4, queueSize: 8, queueTimeoutMs: 1000 },
        retries: { attempts: 1, idempotent: true },
        passiveHealth: null,
        slowStartMs: 0,
        panicThreshold: 30,
        healthCheck: null,
        instances: [{ id: 'ins_1', url: 'http://10.0.0.5:8000', weight: 1 }],
        direct: { securityRules: [], discovery: false, nlb: [], nacos: [] },
      },
    ])
    expect(JSON.stringify(snapshot)).not.toContain('not for nodes')
  })

  test('takes the product’s limits where the gateway sets none', () => {
    const limits = { requestBodyBytesMax: 10_485_760 }
    const defaults = defaultLimits('shared')
    expect(compileSnapshot(rows).limits).toEqual(defaults)
    expect(compileSnapshot(withGateway({ limits })).limits).toEqual({ ...defaults, ...limits })
  })

  test('limits rates on the shared gateway alone, until its owner takes the limit away', () => {
    const rates = (changed: GatewayRows) => {
      const { requestsPerSecond, requestsPerSecondPerService } = compileSnapshot(changed).limits
      return [requestsPerSecond, requestsPerSecondPerService]
    }
    expect(rates(rows)).toEqual([10_000, 1000])
    expect(rates(withGateway({ limits: { requestsPerSecond: null } }))).toEqual([null, 1000])
    expect(rates({ ...rows, gateway: { ...rows.gateway, type: 'alb' } })).toEqual([null, null])
  })

  test('lets a node of a managed gateway take what its specification carries, and never more', () => {
    const limitsOf = (spec: string, limits: Record<string, number>) =>
      compileSnapshot({
        ...rows,
        gateway: {
          ...rows.gateway,
          type: 'managed',
          spec,
          document: { ...rows.gateway.document, limits },
        },
      }).limits
    expect(limitsOf('2c4g', {})).toMatchObject({ connectionsMax: 40_000, requestsInFlightMax: 24_000 })
    expect(limitsOf('16c32g', {}).connectionsMax).toBe(320_000)
    expect(limitsOf('2c4g', { connectionsMax: 50_000 }).connectionsMax).toBe(40_000)
    expect(limitsOf('2c4g', { connectionsMax: 500 }).connectionsMax).toBe(500)
  })

  test('prefers the service’s own path to that of its type', () => {
    expect(compileSnapshot(withService({ apiPath: '/v2/chat' })).services[0]?.apiPath).toBe('/v2/chat')
    expect(compileSnapshot(withService({ apiType: 'from-the-future' })).services[0]?.apiPath).toBeNull()
  })
})

describe('checking a snapshot', () => {
  test('finds nothing wrong with a good one', () => {
    expect(checkSnapshot(compileSnapshot(rows))).toBeNull()
  })

  test.each([
    [
      'an address with a path',
      withService({ instances: [{ id: 'i', url: 'http://h/v1/messages', weight: 1 }] }),
      /Paste the base/,
    ],
    [
      'a negative weight',
      withService({ instances: [{ id: 'i', url: 'http://h', weight: -1 }] }),
      /its weight must be 0 or more/,
    ],
    [
      'a service without a token',
      { ...rows, services: rows.services.map((service) => ({ ...service, tokens: [] })) },
      /has no token/,
    ],
    [
      'two services of one name',
      { ...rows, services: [...rows.services, ...rows.services] },
      /Two services are named qwen_7b/,
    ],
    ['a limit of zero', withGateway({ limits: { requestMs: 0 } }), /requestMs/],
    [
      'a PROXY protocol that nobody may send',
      withGateway({ proxyProtocol: { internet: true, vpc: false } }),
      /no proxy is trusted/,
    ],
    [
      'a rate of nothing',
      withService({ requestsPerSecond: 0 }),
      /rate limit of service qwen_7b must be between 1/,
    ],
    [
      'a token’s rate of nothing',
      {
        ...rows,
        services: rows.services.map((service) => ({
          ...service,
          tokens: service.tokens.map((token) => ({ ...token, requestsPerSecond: 0 })),
        })),
      },
      /rate limit of a token of qwen_7b must be/,
    ],
    [
      'an instance that gets nothing',
      withService({ concurrency: { perInstance: 0, queueSize: 0, queueTimeoutMs: 1 } }),
      /requests at a time .* of service qwen_7b/,
    ],
    [
      'less than no retry',
      withService({ retries: { attempts: -1, idempotent: false } }),
      /retries of service/,
    ],
    ['a threshold above all', withService({ panicThreshold: 101 }), /panic threshold .* between 0 and 100/],
    [
      'more failures than answers',
      withService({ passiveHealth: { ...passiveHealth, failures: 11 } }),
      /more failures than it looks at/,
    ],
    [
      'a longest ejection below the first',
      withService({ passiveHealth: { ...passiveHealth, ejectMsMax: 5 } }),
      /longest ejection .* shorter/,
    ],
    [
      'a timeout that no timer can count',
      withService({ requestTimeoutMs: 2 ** 31 }),
      /request timeout of service qwen_7b must be between/,
    ],
    [
      'a certificate that is not there',
      {
        ...rows,
        domains: [
          { name: 'api.example.com', side: 'internet' as const, certificateId: 'cert_1', forceHttps: false },
        ],
      },
      /certificate of api\.example\.com is missing/,
    ],
    [
      'two listeners on one port',
      withService({
        nlb: [
          { port: 8100, side: 'vpc' },
          { port: 8100, side: 'internet' },
        ],
      }),
      /Two NLB listeners have port 8100/,
    ],
    ['a proxy that is no block', withGateway({ trustedProxies: ['10.0.0.0/99'] }), /10\.0\.0\.0\/99/],
  ])('names %s', (_, wrong, sentence) => {
    expect(checkSnapshot(compileSnapshot(wrong))).toMatch(sentence)
  })
})
