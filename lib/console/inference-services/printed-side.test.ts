import { describe, expect, test } from 'vitest'
import type { GatewayPlace } from '@/lib/control-plane/gateway-place.ts'
import { hostEndpoint, pathEndpoint, printedSide, type StoredDomain } from './printed-side.ts'

const place: GatewayPlace = {
  gatewayHost: 'gw.example.com',
  bindAddress: '0.0.0.0',
  baseDomain: 'models.example.com',
  sharedPorts: { internet: 8080, 'internet-tls': 8443, vpc: 8081, 'vpc-tls': 8444 },
  dedicatedPorts: [8100, 8199],
  dedicatedNodesMax: 100,
  consolePort: 3000,
  nameServerPort: 8053,
  addresses: ['127.0.0.1'],
}
const now = Date.parse('2026-11-21T00:00:00Z')
const ports = new Map([
  ['internet', 8100],
  ['internet-tls', 8101],
])

function domain(name: string, change: Partial<StoredDomain> = {}): StoredDomain {
  return { name, side: 'public', protocol: 'http', createdAt: new Date(now), certificate: null, ...change }
}
const secure = (name: string, names: string[] = [name], daysLeft = 30) =>
  domain(name, {
    protocol: 'https',
    certificate: { names, notAfter: new Date(now + daysLeft * 86_400_000) },
  })

function printed(domains: StoredDomain[] = [], change: Partial<Parameters<typeof printedSide>[0]> = {}) {
  const gateway = { name: 'edge', type: 'managed' } as const
  const side = printedSide({ place, gateway, side: 'internet', ports, domains, now, ...change })
  return side && [pathEndpoint(side, 'qwen_7b'), hostEndpoint(side, 'qwen_7b')]
}

describe('the addresses of a side', () => {
  test('stand on the name and the port of the gateway itself', () => {
    expect(printed()).toEqual([
      'http://gw-edge.models.example.com:8100/api/predict/qwen_7b',
      'http://qwen-7b.gw-edge.models.example.com:8100',
    ])
    expect(printed([], { side: 'vpc' })).toBeNull()
  })

  test('leave the usual port out', () => {
    expect(printed([], { ports: new Map([['internet', 80]]) })?.[0]).toBe(
      'http://gw-edge.models.example.com/api/predict/qwen_7b',
    )
    expect(
      printed([secure('a.example.com')], {
        ports: new Map([
          ['internet', 80],
          ['internet-tls', 443],
        ]),
      })?.[0],
    ).toBe('https://a.example.com/api/predict/qwen_7b')
  })

  test('stand on a custom domain: with TLS first, then the newest', () => {
    const older = domain('old.example.com', { createdAt: new Date(now - 1) })
    expect(printed([older, domain('new.example.com')])?.[0]).toBe(
      'http://new.example.com:8100/api/predict/qwen_7b',
    )
    expect(printed([domain('new.example.com'), secure('tls.example.com')])).toEqual([
      'https://tls.example.com:8101/api/predict/qwen_7b',
      null,
    ])
    expect(printed([domain('private.example.com', { side: 'private' })])?.[0]).toContain('gw-edge.')
  })

  test('never on one that waits for its certificate, or whose certificate has expired', () => {
    const waiting = domain('waiting.example.com', { protocol: 'https' })
    expect(printed([waiting, secure('gone.example.com', ['gone.example.com'], -1)])?.[0]).toContain(
      'gw-edge.',
    )
  })

  test('stand below a domain where its certificate covers that', () => {
    const covered = secure('api.example.com', ['api.example.com', '*.api.example.com'])
    expect(printed([covered])?.[1]).toBe('https://qwen-7b.api.example.com:8101')
  })

  test('on a wildcard are the host form alone', () => {
    const address = 'https://qwen-7b.example.com:8101'
    expect(printed([secure('*.example.com')])).toEqual([address, address])
  })
})
