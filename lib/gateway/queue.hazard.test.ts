import { Pool } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import {
  makeInstance,
  makeService,
  makeSnapshot,
  passivePolicy,
  testToken,
} from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { type HeldUpstream, startHeldUpstream } from '@/lib/gateway/testing/start-held-upstream.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function startHeld(): Promise<HeldUpstream> {
  const held = await startHeldUpstream()
  closers.push(held.close)
  return held
}

const serviceAt = (upstreams: readonly Upstream[], overrides: Partial<InferenceServiceSnapshot> = {}) =>
  makeService({
    instances: upstreams.map(({ url }) => makeInstance(url)),
    concurrency: { perInstance: 1, queueSize: 2, queueTimeoutMs: 20_000 },
    ...overrides,
  })

interface Answer {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
}

async function start(service: InferenceServiceSnapshot): Promise<{
  gateway: TestGateway
  call: (path: string) => Promise<Answer>
  waiting: () => number
}> {
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  const pool = new Pool(gateway.url, { connections: 256 })
  closers.push(gateway.close, () => pool.destroy())
  return {
    gateway,
    call: async (path) => {
      const { statusCode, headers, body } = await pool.request({
        method: 'POST',
        path: `/api/predict/demo/${path}`,
        headers: { authorization: testToken },
        body: 'x',
      })
      const retryAfter = headers['retry-after']
      const text = await body.text()
      return { status: statusCode, text, retryAfter: typeof retryAfter === 'string' ? retryAfter : null }
    },
    waiting: () => gateway.engine.runtimes.current?.services[0]?.fleet.waiting ?? -1,
  }
}

const paths = (upstream: Upstream) => upstream.requests.map(({ url }) => url)

describe('A request to a service whose instances are full', () => {
  test('waits for its turn, in order, and gets 450 when too many wait', async () => {
    const upstream = await startHeld()
    const { call, waiting } = await start(serviceAt([upstream]))
    const first = call('first')
    await until(() => upstream.open.length === 1, 'the first is being served')
    const second = call('second')
    await until(() => waiting() === 1, 'the second waits')
    const third = call('third')
    await until(() => waiting() === 2, 'the third waits')

    const refused = await call('fourth')
    expect([refused.status, refused.retryAfter]).toEqual([450, '1'])
    expect(refused.text).toContain('queue_full')
    for (const answered of [first, second, third]) {
      await until(() => upstream.open.length === 1, 'one is being served')
      upstream.answer()
      expect((await answered).status).toBe(200)
    }
    expect(paths(upstream)).toEqual(['/first', '/second', '/third'])
    expect(upstream.openMax).toBe(1)
  })

  test('gets 503 after the longest wait, and is never forwarded', async () => {
    const upstream = await startHeld()
    const concurrency = { perInstance: 1, queueSize: 2, queueTimeoutMs: 30 }
    const { call, waiting } = await start(serviceAt([upstream], { concurrency }))
    const first = call('first')
    await until(() => upstream.open.length === 1, 'the first is being served')
    const late = await call('late')
    expect([late.status, late.retryAfter]).toEqual([503, '1'])
    expect(late.text).toContain('queue_timed_out')
    expect(waiting()).toBe(0)
    upstream.answer()
    expect((await first).status).toBe(200)
    expect(paths(upstream)).toEqual(['/first'])
  })

  test('is not kept beyond its own deadline', async () => {
    const upstream = await startHeld()
    const { call, waiting } = await start(serviceAt([upstream], { requestTimeoutMs: 300 }))
    const first = call('first')
    await until(() => upstream.open.length === 1, 'the first is being served')
    // A stream may last as long as it likes.
    upstream.open[0]?.write('begun ')
    const late = await call('late')
    expect([late.status, waiting()]).toEqual([503, 0])
    expect(late.text).toContain('queue_timed_out')
    upstream.answer()
    expect(await first).toMatchObject({ status: 200, text: 'begun answer' })
    expect(paths(upstream)).toEqual(['/first'])
  })

  test('leaves the queue when its caller leaves, and nothing is forwarded', async () => {
    const upstream = await startHeld()
    const { gateway, call, waiting } = await start(serviceAt([upstream]))
    const first = call('first')
    await until(() => upstream.open.length === 1, 'the first is being served')
    const leaver = await RawClient.open(gateway.port)
    leaver.send(`GET /api/predict/demo/leaver HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\n\r\n`)
    await until(() => waiting() === 1, 'the leaver waits')
    const last = call('last')
    await until(() => waiting() === 2, 'the last waits')
    leaver.close()
    await until(() => waiting() === 1, 'the leaver is out of the queue')
    upstream.answer()
    await until(
      () => upstream.open.length === 1 && upstream.requests.length === 2,
      'the last is being served',
    )
    upstream.answer()
    expect([(await first).status, (await last).status]).toEqual([200, 200])
    expect(paths(upstream)).toEqual(['/first', '/last'])
    await until(() => gateway.engine.observer.openRequests === 0, 'every request ended')
    expect(gateway.engine.observer.meters.get('demo')?.byStatus.get(499)).toBe(1)
  })

  test('holds up nobody when its caller leaves with most of its body unread', async () => {
    const upstream = await startHeld()
    const { gateway, call, waiting } = await start(serviceAt([upstream]))
    const first = call('first')
    await until(() => upstream.open.length === 1, 'the first is being served')
    const leaver = await RawClient.open(gateway.port)
    const head = `POST /api/predict/demo/leaver HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}`
    leaver.send(`${head}\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(400_000)}`)
    await until(() => waiting() === 1, 'the leaver waits')
    const last = call('last')
    await until(() => waiting() === 2, 'the last waits')
    leaver.close()
    // Nobody reads its socket, so that it has gone shows when its turn comes.
    upstream.answer()
    await until(() => upstream.requests.some(({ url }) => url === '/last'), 'the last is being served')
    await until(() => upstream.open.length === 1, 'nothing is left of the leaver')
    upstream.answer()
    expect([(await first).status, (await last).status, waiting()]).toEqual([200, 200, 0])
    await until(() => gateway.engine.observer.openRequests === 0, 'every request ended')
  })

  test('waits for a WebSocket to end, too', async () => {
    const upstream = await startHeld()
    upstream.server.on('upgrade', (_request, socket) => {
      socket.on('end', () => socket.end())
      socket.resume()
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    })
    const { gateway, call, waiting } = await start(serviceAt([upstream]))
    const chat = await RawClient.open(gateway.port)
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='
    const upgrade = `Connection: Upgrade\r\nUpgrade: websocket\r\n${key}`
    chat.send(
      `GET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\n${upgrade}\r\n\r\n`,
    )
    await until(() => chat.received.includes(' 101 '), 'the WebSocket is open')
    const next = call('next')
    await until(() => waiting() === 1, 'the next waits')
    chat.close()
    await until(() => upstream.open.length === 1, 'the next is being served')
    upstream.answer()
    expect((await next).status).toBe(200)
  })

  test('is served by an instance that a new snapshot brings', async () => {
    const [old, fresh] = [await startHeld(), await startHeld()]
    const { gateway, call, waiting } = await start(serviceAt([old]))
    const first = call('first')
    await until(() => old.open.length === 1, 'the first is being served')
    const second = call('second')
    await until(() => waiting() === 1, 'the second waits')
    gateway.apply(makeSnapshot({ revision: 2, services: [serviceAt([fresh])] }))
    await until(() => fresh.open.length === 1, 'the second is being served')
    fresh.answer()
    old.answer()
    expect([(await first).status, (await second).status]).toEqual([200, 200])
    expect([paths(old), paths(fresh)]).toEqual([['/first'], ['/second']])
  })

  test('learns at once that its service was stopped or removed', async () => {
    const upstream = await startHeld()
    const { gateway, call, waiting } = await start(serviceAt([upstream]))
    const first = call('first')
    await until(() => upstream.open.length === 1, 'the first is being served')
    const stopped = call('stopped')
    await until(() => waiting() === 1, 'the second waits')
    gateway.apply(makeSnapshot({ revision: 2, services: [serviceAt([upstream], { running: false })] }))
    expect((await stopped).text).toContain('service_stopped')
    gateway.apply(makeSnapshot({ revision: 3, services: [serviceAt([upstream])] }))
    const removed = call('removed')
    await until(() => waiting() === 1, 'the third waits')
    gateway.apply(makeSnapshot({ revision: 4 }))
    expect((await removed).text).toContain('no_ready_instance')
    upstream.answer()
    expect((await first).status).toBe(200)
  })

  test('gets the place of one whose instance was killed', async () => {
    const [victim, other] = [await startHeld(), await startHeld()]
    const { call, waiting } = await start(
      serviceAt([victim, other], { passiveHealth: { ...passivePolicy, failures: 1, window: 1 } }),
    )
    const served = [call('a'), call('b')]
    await until(() => victim.open.length + other.open.length === 2, 'both are busy')
    const waiters = [call('c'), call('d')]
    await until(() => waiting() === 2, 'two wait')
    await victim.close()
    const done = Promise.all([...served, ...waiters])
    let isDone = false
    void done.then(() => {
      isDone = true
    })
    await until(() => {
      other.answer()
      return isDone
    }, 'everyone got an answer')
    const seen = (await done).map(({ status }) => status)
    expect(seen.toSorted()).toEqual([200, 200, 200, 502])
    expect(other.openMax).toBe(1)
  })
})

test('no instance ever gets more than its share, and a storm through the queue loses nobody', async () => {
  const upstreams = await Promise.all(
    Array.from({ length: 2 }, async () => {
      const counts = { open: 0, openMax: 0 }
      const upstream = await startUpstream((_request, response) => {
        counts.open += 1
        counts.openMax = Math.max(counts.openMax, counts.open)
        setImmediate(() => {
          counts.open -= 1
          response.end('answer')
        })
      })
      closers.push(upstream.close)
      return { ...upstream, counts }
    }),
  )
  const concurrency = { perInstance: 3, queueSize: 1_000, queueTimeoutMs: 20_000 }
  const { gateway, call, waiting } = await start(serviceAt(upstreams, { concurrency }))
  const storm = Array.from({ length: 200 }, (_, index) => call(String(index)))
  let revision = 2
  const swaps = setInterval(() => {
    const limit = { ...concurrency, perInstance: 2 + (revision % 2) }
    gateway.apply(
      makeSnapshot({ revision: revision++, services: [serviceAt(upstreams, { concurrency: limit })] }),
    )
  }, 20)
  const seen = (await Promise.all(storm)).map(({ status }) => status)
  clearInterval(swaps)
  expect(new Set(seen)).toEqual(new Set([200]))
  expect(Math.max(...upstreams.map(({ counts }) => counts.openMax))).toBeLessThanOrEqual(3)
  expect(waiting()).toBe(0)
})
