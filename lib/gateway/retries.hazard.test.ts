import type { RequestListener } from 'node:http'
import { constants } from 'node:http2'
import { createServer, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { Pool } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startHttp2Upstream } from '@/lib/gateway/testing/start-http2-upstream.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function upstreamThat(handler: RequestListener): Promise<Upstream> {
  const upstream = await startUpstream(handler)
  closers.push(upstream.close)
  return upstream
}

const answering = (status: number, text: string) =>
  upstreamThat((request, response) => {
    request.resume()
    request.on('end', () => response.writeHead(status).end(text))
  })

const idempotent = { retries: { attempts: 2, idempotent: true } }

async function start(
  urls: readonly string[],
  overrides: Partial<InferenceServiceSnapshot> = {},
): Promise<{ gateway: TestGateway; pool: Pool; counts: () => unknown }> {
  const service = makeService({ instances: urls.map((url) => makeInstance(url)), ...overrides })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  const pool = new Pool(gateway.url, { connections: 4 })
  closers.push(gateway.close, () => pool.destroy())
  return {
    gateway,
    pool,
    counts: () => gateway.engine.runtimes.current?.services[0]?.fleet.countsSoFar?.retries,
  }
}

async function call(
  pool: Pool,
  options: { method?: 'GET' | 'POST'; body?: string | Readable | null } = {},
): Promise<{ status: number; text: string }> {
  const { method = 'POST', body = 'x' } = options
  const answer = await pool.request({
    method,
    path: '/api/predict/demo/',
    headers: { authorization: testToken },
    body,
  })
  return { status: answer.statusCode, text: await answer.body.text() }
}

async function statuses(pool: Pool, count: number, options: Parameters<typeof call>[1] = {}) {
  const seen: number[] = []
  for (let index = 0; index < count; index++) seen.push((await call(pool, options)).status)
  return seen
}

describe('A service whose requests are idempotent', () => {
  test.each([502, 503, 504])('lets another instance answer instead of a %d', async (status) => {
    const [bad, good] = [await answering(status, 'bad'), await answering(200, 'good')]
    const { pool, counts } = await start([bad.url, good.url], idempotent)
    for (let index = 0; index < 4; index++) expect((await call(pool)).text).toBe('good')
    expect(bad.requests).toHaveLength(2)
    expect(counts()).toEqual({ answered: 2, failed: 0, overBudget: 0 })
  })

  test('lets another instance answer after a broken connection', async () => {
    const bad = await upstreamThat((request) => request.socket.destroy())
    const good = await answering(200, 'good')
    const { pool } = await start([bad.url, good.url], idempotent)
    expect((await call(pool)).text).toBe('good')
    expect((await call(pool)).text).toBe('good')
  })

  test('keeps the connection of a short answer that is given up, and breaks that of a long one', async () => {
    const sockets = new Set<Socket>()
    let length = 10
    const bad = await upstreamThat((request, response) => {
      sockets.add(request.socket)
      response.writeHead(503, { 'content-length': String(length) }).end('x'.repeat(length))
    })
    const good = await answering(200, 'good')
    const { pool } = await start([bad.url, good.url], idempotent)
    await statuses(pool, 6)
    expect([bad.requests.length, sockets.size]).toEqual([3, 1])
    length = 1_000_000
    await statuses(pool, 10)
    expect(sockets.size).toBeGreaterThan(1)
  })

  test('gets the last answer as it is when no instance does better', async () => {
    const [one, two] = [await answering(503, 'one'), await answering(503, 'two')]
    const { pool } = await start([one.url, two.url], idempotent)
    expect(await call(pool)).toMatchObject({ status: 503 })
    expect(one.requests.length + two.requests.length).toBe(2)
  })

  test('is not asked again for answers that say what is wrong with the request, or once it has answered', async () => {
    const bad = await upstreamThat((_request, response) => {
      response.writeHead(200)
      response.write('half')
      response.on('drain', () => {})
      setImmediate(() => response.destroy())
    })
    const never = await answering(200, 'good')
    const { pool } = await start([bad.url, never.url], idempotent)
    const halves = await Promise.allSettled([call(pool), call(pool)])
    expect(halves.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect(bad.requests.length + never.requests.length).toBe(2)
  })

  test('is not asked again when the body was streamed', async () => {
    const [bad, good] = [await answering(503, 'bad'), await answering(200, 'good')]
    const { pool } = await start([bad.url, good.url], idempotent)
    const slowly = () =>
      Readable.from(
        (async function* () {
          yield 'first '
          await until(() => bad.requests.length + good.requests.length > 0, 'the request is under way')
          yield 'second'
        })(),
      )
    const seen = [
      (await call(pool, { body: slowly() })).status,
      (await call(pool, { body: slowly() })).status,
    ]
    expect(seen.toSorted()).toEqual([200, 503])
  })
})

describe('A service whose requests are not', () => {
  test('gets a 503 as it is', async () => {
    const [bad, good] = [await answering(503, 'bad'), await answering(200, 'good')]
    const { pool } = await start([bad.url, good.url])
    expect((await statuses(pool, 4)).toSorted()).toEqual([200, 200, 503, 503])
  })

  test('is asked elsewhere when the connection was refused, however the body comes', async () => {
    const gone = await answering(200, 'gone')
    await gone.close()
    const good = await answering(200, 'good')
    const { pool } = await start([gone.url, good.url])
    expect(await statuses(pool, 6)).toEqual(Array(6).fill(200))
  })

  test('is not asked anywhere else with retries switched off', async () => {
    const gone = await answering(200, 'gone')
    await gone.close()
    const good = await answering(200, 'good')
    const { pool } = await start([gone.url, good.url], { retries: { attempts: 0, idempotent: true } })
    expect((await statuses(pool, 2)).toSorted()).toEqual([200, 503])
  })
})

describe('A connection that is closed just as a request is sent', () => {
  /** Answers the first request of each connection and closes it on the second. */
  async function startStale() {
    const seen: string[] = []
    const server = createServer((socket) => {
      let count = 0
      socket.on('error', () => {})
      socket.on('data', (bytes) => {
        count += 1
        seen.push(bytes.toString('latin1').split(' ')[0] ?? '')
        if (count === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        else socket.end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => new Promise((resolve) => server.close(() => resolve())))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    return { url: `http://127.0.0.1:${port}`, seen }
  }

  test('is replaced without a word for a safe method', async () => {
    const { url, seen } = await startStale()
    const { pool } = await start([url])
    expect(await statuses(pool, 4, { method: 'GET', body: null })).toEqual([200, 200, 200, 200])
    expect(seen.length).toBeGreaterThan(4)
  })

  test('is replaced for any method where requests are idempotent', async () => {
    const { url } = await startStale()
    const { pool } = await start([url], idempotent)
    expect(await statuses(pool, 4)).toEqual([200, 200, 200, 200])
  })

  test('fails a request that the instance may have acted on', async () => {
    const { url } = await startStale()
    const { pool } = await start([url])
    expect(await statuses(pool, 2)).toEqual([200, 502])
  })

  test('is replaced once only: an instance that always closes fails', async () => {
    const upstream = await upstreamThat((request) => request.socket.destroy())
    const { pool } = await start([upstream.url])
    expect(await statuses(pool, 1, { method: 'GET', body: null })).toEqual([502])
    expect(upstream.requests.length).toBeLessThanOrEqual(2)
  })
})

test('a stream that an instance refused without acting on it is repeated there, whatever the method', async () => {
  let streams = 0
  const upstream = await startHttp2Upstream((stream) => {
    streams += 1
    if (streams % 2 === 1) {
      stream.close(constants.NGHTTP2_REFUSED_STREAM)
      return
    }
    stream.resume()
    stream.respond({ ':status': 200 })
    stream.end('answer')
  })
  closers.push(upstream.close)
  const { pool, counts } = await start([upstream.url], { upstreamHttp: '2' })
  expect(await statuses(pool, 3)).toEqual([200, 200, 200])
  expect(streams).toBe(6)
  expect(counts()).toEqual({ answered: 3, failed: 0, overBudget: 0 })
})

test('when everything fails, repetitions add no more than a fifth', async () => {
  const upstreams = [await answering(503, 'a'), await answering(503, 'b'), await answering(503, 'c')]
  const { pool, counts } = await start(
    upstreams.map(({ url }) => url),
    idempotent,
  )
  const requests = 300
  await Promise.all(Array.from({ length: 4 }, () => statuses(pool, requests / 4)))
  const arrived = upstreams.reduce((sum, upstream) => sum + upstream.requests.length, 0)
  expect(arrived).toBeGreaterThan(requests)
  expect(arrived).toBeLessThanOrEqual(requests * 1.2 + 3)
  expect(counts()).toMatchObject({ overBudget: expect.any(Number) })
})
