import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { readMetrics } from '@/lib/gateway/testing/read-metrics.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void> | void> = []
let upstream: Upstream
let pending: ServerResponse[]

beforeEach(async () => {
  pending = []
  upstream = await startUpstream((_request, response) => {
    pending.push(response)
  })
  closers.push(upstream.close)
})

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(requestsInFlightMax = 1_000): Promise<TestGateway> {
  const service = makeService({ instances: [makeInstance(upstream.url)] })
  const gateway = await startGateway(makeSnapshot({ services: [service], limits: { requestsInFlightMax } }))
  closers.push(gateway.close)
  return gateway
}

/** A connection of its own with one request on it. */
async function ask(gateway: TestGateway): Promise<RawClient> {
  const client = await RawClient.open(gateway.port)
  closers.push(() => client.close())
  client.send(`GET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\n\r\n`)
  return client
}

const statusOf = ({ received }: RawClient) => Number(received.slice(9, 12))

describe('Offered four times what it takes at a time, a node', () => {
  test('answers the others with 503 while the admitted ones are under way, and these then succeed', async () => {
    const gateway = await start(20)
    const admitted = await Promise.all(Array.from({ length: 20 }, () => ask(gateway)))
    await until(() => pending.length === 20, 'twenty requests at the upstream')
    const refused = await Promise.all(Array.from({ length: 60 }, () => ask(gateway)))
    await until(() => refused.every(({ received }) => received.includes('\r\n\r\n{')), 'sixty answers')
    for (const client of refused) {
      expect(statusOf(client)).toBe(503)
      expect(client.received.toLowerCase()).toContain('\r\nretry-after: 1\r\n')
      expect(client.received.toLowerCase()).toContain('\r\nx-switchyard-error-source: gateway\r\n')
      expect(client.received).toContain('"code":"overloaded"')
    }
    expect(admitted.map(({ received }) => received)).toEqual(admitted.map(() => ''))
    for (const response of pending) response.end('fine')
    await until(() => admitted.every(({ received }) => received.endsWith('fine')), 'twenty whole answers')
    expect(admitted.map(statusOf)).toEqual(admitted.map(() => 200))
    expect(upstream.requests).toHaveLength(20)
  })

  test('takes new ones as soon as others end', async () => {
    const gateway = await start(5)
    const rounds = 4
    for (let round = 1; round <= rounds; round++) {
      const clients = await Promise.all(Array.from({ length: 20 }, () => ask(gateway)))
      const isRefused = (client: RawClient) => client.received.includes('"overloaded"')
      await until(() => clients.filter(isRefused).length === 15, 'fifteen refused')
      await until(() => pending.length === 5, 'five at the upstream')
      for (const response of pending.splice(0)) response.end('fine')
      await until(() => clients.every(({ received }) => received !== ''), 'all answered')
      expect(clients.filter((client) => statusOf(client) === 200)).toHaveLength(5)
      await until(() => gateway.engine.observer.openRequests === 0, 'nothing under way')
    }
    expect(gateway.engine.overload.shed).toEqual({
      requests_in_flight: 15 * rounds,
      event_loop: 0,
      held_bytes: 0,
    })
  })
})

describe('While its event loop is late, a node', () => {
  test('refuses a share of the new requests, counts them, and touches no stream under way', async () => {
    const gateway = await start()
    const stream = await ask(gateway)
    await until(() => pending.length === 1, 'the stream began')
    pending[0]?.write('one ')
    for (let sample = 0; sample < 20; sample++) gateway.engine.overload.sample(1_000)
    const clients = await Promise.all(Array.from({ length: 40 }, () => ask(gateway)))
    const refused = () => clients.filter(({ received }) => received.includes('"overloaded"')).length
    await until(() => refused() + pending.length === 41, 'each went through or was refused')
    expect(refused()).toBeGreaterThanOrEqual(35)
    expect(refused()).toBeLessThanOrEqual(36)
    expect(gateway.engine.overload.shed.event_loop).toBe(refused())
    const passed = pending.length
    for (const response of pending) response.end('two')
    await until(() => stream.received.includes('two'), 'the stream ended whole')
    expect(stream.received).toContain('one')
    const text = await readMetrics(gateway.engine)
    expect(text).toContain(`switchyard_shed_requests_total{reason="event_loop"} ${refused()}`)
    expect(text).toMatch(/switchyard_event_loop_delay_seconds 0\.99/)
    for (let sample = 0; sample < 20; sample++) gateway.engine.overload.sample(0)
    const after = await ask(gateway)
    await until(() => pending.length === passed + 1, 'the next one goes through')
    pending[passed]?.end('fine')
    await until(() => after.received.endsWith('fine'), 'and is answered')
  })
})
