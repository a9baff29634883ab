import { constants, type ServerHttp2Stream } from 'node:http2'
import { afterEach, describe, expect, test } from 'vitest'
import { answerOf, ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startHttp2Upstream } from '@/lib/gateway/testing/start-http2-upstream.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const path = '/api/predict/demo/v1/x'
const headers = { authorization: testToken, 'content-type': 'application/json' }

async function gatewayTo(urls: readonly string[], service: Partial<InferenceServiceSnapshot> = {}) {
  const gateway = await startGateway(
    makeSnapshot({
      services: [
        makeService({ upstreamHttp: '2', instances: urls.map((url) => makeInstance(url)), ...service }),
      ],
      limits: { requestBodyBytesMax: 64 * 1024 * 1024 },
    }),
  )
  closers.push(gateway.close)
  return gateway
}

async function setUp(
  handler: Parameters<typeof startHttp2Upstream>[0],
  options: Parameters<typeof startHttp2Upstream>[1] = {},
) {
  const upstream = await startHttp2Upstream(handler, options)
  const gateway = await gatewayTo([upstream.url])
  closers.splice(-1, 0, upstream.close)
  return { upstream, gateway }
}

function post(gateway: TestGateway, body: string): Promise<Response> {
  return fetch(gateway.url + path, { method: 'POST', headers, body })
}

function collected(stream: ServerHttp2Stream): Promise<string> {
  return new Promise((resolve) => {
    let body = ''
    stream.on('data', (chunk) => {
      body += chunk
    })
    stream.on('end', () => resolve(body))
  })
}

describe('An instance that speaks HTTP/2', () => {
  test('gets requests of HTTP/1.1 callers whole, and answers them', async () => {
    const seen: unknown[] = []
    const { gateway, upstream } = await setUp(async (stream, received) => {
      seen.push(received[':method'], received[':path'], received['x-custom'], received['content-length'])
      seen.push(received['x-forwarded-for'], received.authorization, received.connection)
      const body = await collected(stream)
      stream.respond({ ':status': 201, 'x-answer': 'yes', 'set-cookie': ['a=1', 'b=2'] })
      stream.end(`got ${body}`)
    })
    const answer = await fetch(`${gateway.url}${path}?q=1`, {
      method: 'POST',
      headers: { ...headers, 'x-custom': 'kept' },
      body: '{"a":1}',
    })
    expect([answer.status, answer.headers.get('x-answer'), await answer.text()]).toEqual([
      201,
      'yes',
      'got {"a":1}',
    ])
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(seen).toEqual(['POST', '/v1/x?q=1', 'kept', '7', '127.0.0.1', undefined, undefined])
    await Promise.all(Array.from({ length: 20 }, () => post(gateway, 'x').then((each) => each.text())))
    expect(upstream.sessions.length).toBe(1)
  })

  test('exchanges trailers with an HTTP/2 caller, both ways', async () => {
    let up: unknown
    const { gateway } = await setUp((stream) => {
      stream.resume()
      stream.on('trailers', (trailers) => {
        up = [trailers['x-up'], trailers['x-switchyard-error-source'], trailers.authorization]
      })
      stream.respond({ ':status': 200 }, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-down': '2' }))
      stream.on('end', () => stream.end('body'))
    })
    const session = await openHttp2(gateway.url)
    closers.push(() => session.destroy())
    const stream = session.request(
      { ':method': 'POST', ':path': path, ...headers },
      { waitForTrailers: true },
    )
    stream.on('wantTrailers', () =>
      stream.sendTrailers({ 'x-up': '1', 'x-switchyard-error-source': 'forged', authorization: 'forged' }),
    )
    stream.write('one ')
    stream.end('two')
    const answer = await answerOf(stream)
    expect(answer).toMatchObject({ body: 'body', resetCode: 0 })
    expect(answer.trailers?.['x-down']).toBe('2')
    expect(up).toEqual(['1', undefined, undefined])
  })

  test('gets another connection once it takes no more streams on one', async () => {
    const streams: ServerHttp2Stream[] = []
    const { gateway, upstream } = await setUp((stream) => void streams.push(stream), {
      settings: { maxConcurrentStreams: 2 },
    })
    const answers = Array.from({ length: 6 }, () => fetch(gateway.url + path, { headers }))
    await until(() => streams.length === 6, 'all six arrived')
    expect(upstream.sessions.length).toBeGreaterThanOrEqual(3)
    for (const stream of streams) {
      stream.respond({ ':status': 200 })
      stream.end('ok')
    }
    for (const answer of answers) expect(await (await answer).text()).toBe('ok')
  })

  test('that says GOAWAY finishes what it has, and gets new requests over a new connection', async () => {
    const streams: ServerHttp2Stream[] = []
    const { gateway, upstream } = await setUp((stream) => {
      streams.push(stream)
      stream.respond({ ':status': 200 })
      if (streams.length === 1) stream.write('begun ')
      else stream.end('new')
    })
    const first = fetch(gateway.url + path, { headers }).then((answer) => answer.text())
    await until(() => streams.length === 1, 'the first has begun')
    upstream.sessions[0]?.close()
    for (let index = 0; index < 5; index++) expect(await (await post(gateway, 'x')).text()).toBe('new')
    expect(upstream.sessions.length).toBe(2)
    streams[0]?.end('and finished')
    expect(await first).toBe('begun and finished')
  })

  test('whose GOAWAY leaves out a request has not acted on it: it goes out again', async () => {
    const streams: ServerHttp2Stream[] = []
    const { gateway, upstream } = await setUp((stream) => {
      streams.push(stream)
      if (streams.length < 3) return
      stream.respond({ ':status': 200 })
      stream.end('again')
    })
    const first = post(gateway, 'first')
    await until(() => streams.length === 1, 'the first has arrived')
    const second = post(gateway, 'second')
    await until(() => streams.length === 2, 'the second has arrived')
    upstream.sessions[0]?.goaway(constants.NGHTTP2_NO_ERROR, streams[0]?.id)
    expect(await (await second).text()).toBe('again')
    streams[0]?.respond({ ':status': 200 })
    streams[0]?.end('first')
    expect(await (await first).text()).toBe('first')
    expect(upstream.sessions.length).toBe(2)
  })

  test('that refuses a stream has not acted on it: another instance gets the request', async () => {
    let refusals = 0
    const busy = await startHttp2Upstream((stream) => {
      refusals += 1
      stream.close(constants.NGHTTP2_REFUSED_STREAM)
    })
    const bodies: string[] = []
    const free = await startHttp2Upstream(async (stream) => {
      bodies.push(await collected(stream))
      stream.respond({ ':status': 200 })
      stream.end('taken')
    })
    closers.push(busy.close, free.close)
    const gateway = await gatewayTo([busy.url, free.url])
    const session = await openHttp2(gateway.url)
    closers.push(() => session.destroy())
    for (const body of ['one', 'two', 'three']) {
      const answer = await ask(
        session,
        { ':method': 'POST', ':path': path, 'content-length': String(body.length), ...headers },
        body,
      )
      expect(answer.body).toBe('taken')
    }
    expect(bodies).toEqual(['one', 'two', 'three'])
    expect(refusals).toBeGreaterThan(0)
  })

  test('that dies within its answer breaks the answer, and is dialled anew for the next request', async () => {
    let count = 0
    const { gateway, upstream } = await setUp((stream) => {
      count += 1
      stream.respond({ ':status': 200 })
      if (count === 1) stream.write('begun', () => upstream.sessions[0]?.destroy())
      else stream.end('alive')
    })
    await expect(fetch(gateway.url + path, { headers }).then((answer) => answer.text())).rejects.toThrow()
    expect(await (await post(gateway, 'x')).text()).toBe('alive')
    expect(upstream.sessions.length).toBe(2)
  })

  test('that resets a stream within its answer breaks the answer, also where its length is unknown', async () => {
    const { gateway } = await setUp((stream) => {
      stream.respond({ ':status': 200 }, { waitForTrailers: true })
      stream.write('begun', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR))
    })
    await expect(fetch(gateway.url + path, { headers }).then((answer) => answer.text())).rejects.toThrow()
    expect(gateway.engine.observer.meters.get('demo')?.byStatus.get(502)).toBe(1)
  })

  test('is paused while the caller does not read', async () => {
    const total = 32 * 1024 * 1024
    let written = 0
    const { gateway } = await setUp((stream) => {
      stream.respond({ ':status': 200 })
      const chunk = Buffer.alloc(65_536)
      const fill = () => {
        while (written < total) {
          written += chunk.length
          if (!stream.write(chunk)) {
            stream.once('drain', fill)
            return
          }
        }
        stream.end()
      }
      fill()
    })
    const session = await openHttp2(gateway.url)
    closers.push(() => session.destroy())
    const stream = session.request({ ':path': path, ...headers })
    stream.pause()
    await until(() => written > 0, 'the answer has begun')
    let before = -1
    await until(() => {
      const stands = before === written
      before = written
      return stands
    }, 'the instance was paused')
    expect(written).toBeLessThan(4 * 1024 * 1024)
    let received = 0
    stream.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    stream.resume()
    await until(() => received === total, 'all of it came once it was read')
  })

  test('hears at once that the caller has left', async () => {
    let resetCode = -1
    const { gateway } = await setUp((stream) => {
      stream.respond({ ':status': 200 })
      stream.write('begun')
      stream.on('close', () => {
        resetCode = stream.rstCode ?? 0
      })
    })
    const leaving = new AbortController()
    const answer = await fetch(gateway.url + path, { headers, signal: leaving.signal })
    await answer.body?.getReader().read()
    leaving.abort()
    await until(() => resetCode === constants.NGHTTP2_CANCEL, 'the stream was cancelled')
  })
})
