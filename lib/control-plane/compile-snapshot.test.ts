import { describe, expect, test } from 'vitest'
import { checkSnapshot } from './check-snapshot.ts'
import { compileSnapshot } from './compile-snapshot.ts'
import { defaultLimits } from './default-limits.ts'
import type { InferenceServiceDocument } from './documents.ts'
import type { GatewayRows } from './gateway-rows.ts'

const { upstreamCredentialSealed: _sealed, ...document }: InferenceServiceDocument = {
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
  vpcId: null,
  balancing: { strategy: 'round-robin' },
  requestTimeoutMs: 60_000,
  healthCheck: null,
  forwardAuthorization: false,
  upstreamCredentialSealed: 's1:never',
  labels: {},
  running: true,
  instances: [{ id: 'ins_1', url: 'http://10.0.0.5:8000', weight: 1 }],
}

const rows: GatewayRows = {
  gateway: {
    id: 'gw_shared',
    name: 'shared',
    type: 'shared',
    revision: 7,
    document: { limits: {}, trustedProxies: [] },
  },
  hosts: { internet: ['localhost'], vpc: ['vpc.localhost'] },
  services: [
    {
      id: 'eas_1',
      document,
      upstreamCredential: null,
      tokens: [{ id: 'key_1', value: 'ek_live_x', expiresAt: null }],
    },
  ],
}

function withService(changes: Partial<typeof document>): GatewayRows {
  return {
    ...rows,
    services: rows.services.map((service) => ({ ...service, document: { ...document, ...changes } })),
  }
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
        tokens: [{ id: 'key_1', value: 'ek_live_x', expiresAt: null }],
        forwardAuthorization: false,
        upstreamAuthorization: null,
        balancing: { strategy: 'round-robin' },
        requestTimeoutMs: 60_000,
        healthCheck: null,
        instances: [{ id: 'ins_1', url: 'http://10.0.0.5:8000', weight: 1 }],
      },
    ])
    expect(JSON.stringify(snapshot)).not.toContain('not for nodes')
  })

  test('takes the product’s limits where the gateway sets none', () => {
    const limits = { requestBodyBytesMax: 10_485_760 }
    const gateway = { ...rows.gateway, document: { limits, trustedProxies: [] } }
    expect(compileSnapshot(rows).limits).toEqual(defaultLimits)
    expect(compileSnapshot({ ...rows, gateway }).limits).toEqual({ ...defaultLimits, ...limits })
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
    [
      'a limit of zero',
      { ...rows, gateway: { ...rows.gateway, document: { limits: { requestMs: 0 }, trustedProxies: [] } } },
      /requestMs/,
    ],
    [
      'a timeout that no timer can count',
      withService({ requestTimeoutMs: 2 ** 31 }),
      /request timeout of service qwen_7b must be between/,
    ],
    [
      'a proxy that is no block',
      { ...rows, gateway: { ...rows.gateway, document: { limits: {}, trustedProxies: ['10.0.0.0/99'] } } },
      /10\.0\.0\.0\/99/,
    ],
  ])('names %s', (_, wrong, sentence) => {
    expect(checkSnapshot(compileSnapshot(wrong))).toMatch(sentence)
  })
})
