import { Agent, request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { readMetrics } from '@/lib/gateway/testing/read-metrics.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewayLimits, InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const otherToken = `${testToken}-other`
const closers: Array<() => Promise<void> | void> = []
let now = 0
let upstream: Upstream
let agent: Agent

beforeEach(async () => {
  now = 1_700_000_000_000
  upstream = await startUpstream((request, response) => {
    request.resume()
    response.end('fine')
  })
  agent = new Agent({ keepAlive: true, maxSockets: 32 })
  closers.push(upstream.close, () => agent.destroy())
})

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function snapshot(
  services: readonly Partial<InferenceServiceSnapshot>[],
  limits: Partial<GatewayLimits> = {},
  revision = 1,
) {
  return makeSnapshot({
    revision,
    limits,
    services: services.map((service) => makeService({ instances: [makeInstance(upstream.url)], ...service })),
  })
}

const demo = { id: 'eas_demo', name: 'demo' }
const other = { id: 'eas_other', name: 'other' }

async function start(...content: Parameters<typeof snapshot>): Promise<TestGateway> {
  const gateway = await startGateway(snapshot(...content), { now: () => now })
  closers.push(gateway.close)
  return gateway
}

interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  readonly source: string | string[] | undefined
  readonly text: string
}

function call(gateway: TestGateway, service = 'demo', token = testToken): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = gateway
    const path = `/api/predict/${service}/`
    const sent = httpRequest(
      { port, host: '127.0.0.1', path, agent, headers: { authorization: token } },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response
          const source = headers['x-switchyard-error-source']
          resolve({ status, retryAfter: headers['retry-after'], source, text })
        })
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}

async function offer(gateway: TestGateway, requests: number, service = 'demo', token = testToken) {
  const answers = await Promise.all(Array.from({ length: requests }, () => call(gateway, service, token)))
  return {
    passed: answers.filter(({ status }) => status === 200).length,
    limited: answers.filter(({ status }) => status === 429),
  }
}

describe('A service that takes 1,000 requests per second', () => {
  test('gets exactly 1,000 of 1,500; the others hear which limit it was and when to come back', async () => {
    const gateway = await start([demo], { requestsPerSecondPerService: 1_000 })
    const { passed, limited } = await offer(gateway, 1_500)
    expect(passed).toBe(1_000)
    expect(limited).toHaveLength(500)
    expect(upstream.requests).toHaveLength(1_000)
    for (const { retryAfter, source, text } of limited) {
      expect([retryAfter, source]).toEqual(['1', 'client'])
      expect(JSON.parse(text).error).toMatchObject({
        code: 'rate_limited',
        type: 'rate_limit_error',
        message: 'This service takes 1,000 requests per second. Try again in 1 s.',
      })
    }
    now += 999
    expect((await call(gateway)).status).toBe(429)
    now += 1
    expect((await offer(gateway, 100)).passed).toBe(100)
  })

  test('is counted in metrics and in what the console is told', async () => {
    const gateway = await start([{ ...demo, requestsPerSecond: 3 }])
    await offer(gateway, 5)
    const { observer } = gateway.engine
    const { rollups } = observer.rollups.take()
    expect(rollups).toMatchObject([{ tokenId: 'tok_demo', requests: 5, clientErrors: 2, rateLimited: 2 }])
    const text = await readMetrics(gateway.engine)
    expect(text).toContain('switchyard_limited_requests_total{service="demo",limit="service"} 2')
    expect(text).toContain('switchyard_gateway_errors_total{code="rate_limited"} 2')
  })
})

test('A full queue counts as a limit too: 450 with Retry-After, in metrics and for the console', async () => {
  const concurrency = { perInstance: 1, queueSize: 0, queueTimeoutMs: 10_000 }
  const gateway = await start([{ ...demo, concurrency }])
  const answers = await Promise.all(Array.from({ length: 40 }, () => call(gateway)))
  const full = answers.filter(({ status }) => status === 450)
  expect(full.length).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(40 - full.length)
  for (const { retryAfter, source } of full) expect([retryAfter, source]).toEqual(['1', 'gateway'])
  const { rollups } = gateway.engine.observer.rollups.take()
  expect(rollups).toMatchObject([{ requests: 40, rateLimited: full.length }])
  const text = await readMetrics(gateway.engine)
  expect(text).toContain(`switchyard_limited_requests_total{service="demo",limit="queue"} ${full.length}`)
})

describe('Limits', () => {
  test('of two services do not disturb each other', async () => {
    const gateway = await start([
      { ...demo, requestsPerSecond: 10 },
      { ...other, requestsPerSecond: 20 },
    ])
    expect((await offer(gateway, 30)).passed).toBe(10)
    expect((await offer(gateway, 30, 'other')).passed).toBe(20)
  })

  test('of the gateway count over all services', async () => {
    const gateway = await start([demo, other], { requestsPerSecond: 30 })
    expect((await offer(gateway, 20)).passed).toBe(20)
    const { passed, limited } = await offer(gateway, 20, 'other')
    expect(passed).toBe(10)
    expect(limited[0]?.text).toContain('This gateway takes 30 requests per second over all its services.')
  })

  test('of a token are its own', async () => {
    const token = { expiresAt: null, id: 'tok_slow', value: testToken, requestsPerSecond: 5 }
    const fast = { ...token, id: 'tok_fast', value: otherToken, requestsPerSecond: null }
    const gateway = await start([{ ...demo, tokens: [token, fast] }])
    const { passed, limited } = await offer(gateway, 12)
    expect(passed).toBe(5)
    expect(limited[0]?.text).toContain('This token may send 5 requests per second.')
    expect((await offer(gateway, 12, 'demo', otherToken)).passed).toBe(12)
  })

  test('that refuse a request cost it nothing elsewhere', async () => {
    const slow = { expiresAt: null, id: 'tok_slow', value: testToken, requestsPerSecond: 5 }
    const fast = { ...slow, id: 'tok_fast', value: otherToken, requestsPerSecond: null }
    const gateway = await start(
      [
        { ...demo, requestsPerSecond: 10, tokens: [slow, fast] },
        { ...other, tokens: [fast] },
      ],
      { requestsPerSecond: 15 },
    )
    expect((await offer(gateway, 50)).passed).toBe(5)
    expect((await offer(gateway, 50, 'demo', otherToken)).passed).toBe(5)
    expect((await offer(gateway, 50, 'other', otherToken)).passed).toBe(5)
  })

  test('are not used up by callers without a valid token', async () => {
    const gateway = await start([{ ...demo, requestsPerSecond: 5 }], { requestsPerSecond: 5 })
    const refused = await Promise.all(Array.from({ length: 20 }, () => call(gateway, 'demo', 'wrong')))
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([401]))
    expect((await offer(gateway, 5)).passed).toBe(5)
  })

  test('that change with a snapshot meet what was already counted', async () => {
    const gateway = await start([{ ...demo, requestsPerSecond: 10 }])
    expect((await offer(gateway, 10)).passed).toBe(10)
    gateway.apply(snapshot([{ ...demo, requestsPerSecond: 10 }], { requestsPerSecond: 1_000 }, 2))
    expect((await offer(gateway, 10)).passed).toBe(0)
    gateway.apply(snapshot([{ ...demo, requestsPerSecond: 25 }], {}, 3))
    expect((await offer(gateway, 30)).passed).toBe(15)
    gateway.apply(snapshot([{ ...demo, requestsPerSecond: 5 }], {}, 4))
    expect((await offer(gateway, 5)).passed).toBe(0)
    gateway.apply(snapshot([demo], {}, 5))
    expect((await offer(gateway, 40)).passed).toBe(40)
  })
})
