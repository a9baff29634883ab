import type { RequestListener, ServerResponse } from 'node:http'
import { type ClientHttp2Session, constants } from 'node:http2'
import { afterEach, describe, expect, test } from 'vitest'
import { answerOf, ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { readBody, startUpstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const path = '/api/predict/demo/v1/chat/completions'
const post = { ':method': 'POST', ':path': path, authorization: testToken }
const get = { ':path': path, authorization: testToken }

async function setUp(handler: RequestListener, limits: Partial<GatewayLimits> = {}) {
  const upstream = await startUpstream(handler)
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })], limits }),
  )
  closers.push(upstream.close, gateway.close)
  return { upstream, gateway, session: await connectTo(gateway) }
}

async function connectTo(gateway: TestGateway): Promise<ClientHttp2Session> {
  const session = await openHttp2(gateway.url)
  closers.push(() => session.destroy())
  return session
}

function statusCounts(gateway: TestGateway): Record<string, number> {
  return Object.fromEntries(gateway.engine.observer.meters.get('demo')?.byStatus ?? [])
}

describe('An HTTP/2 request reaches an HTTP/1.1 instance', () => {
  test('with its host, its cookies joined and nothing of HTTP/2', async () => {
    const { session, upstream } = await setUp((_request, response) => void response.end('ok'))
    const answer = await ask(
      session,
      {
        ...post,
        ':authority': 'gateway.test',
        cookie: ['a=1', 'b=2'],
        te: 'trailers',
        'x-custom': 'kept',
      },
      '{"a":1}',
    )
    expect(answer).toMatchObject({ body: 'ok', resetCode: 0 })
    expect(answer.headers[':status']).toBe(200)
    expect(answer.headers['x-request-id']).toMatch(/^req_/)
    expect(answer.headers).not.toHaveProperty('connection')
    expect(answer.headers).not.toHaveProperty('keep-alive')
    const [request] = upstream.requests
    expect(request?.headers).toMatchObject({
      cookie: 'a=1; b=2',
      'x-custom': 'kept',
      'x-forwarded-host': 'gateway.test',
      'content-length': '7',
    })
    expect(request?.rawHeaders.filter((name) => name.startsWith(':'))).toEqual([])
    expect(request?.headers['te']).toBeUndefined()
    expect(request?.headers.authorization).toBeUndefined()
  })

  test('by the host of its authority', async () => {
    const { session, upstream } = await setUp((_request, response) => void response.end('ok'))
    const answer = await ask(session, { ...get, ':authority': 'demo.gateway.test', ':path': '/v1/x' })
    expect(answer.body).toBe('ok')
    expect(upstream.requests[0]?.url).toBe('/v1/x')
  })

  test('a hundred at a time over one connection', async () => {
    const { session } = await setUp(async (request, response) => void response.end(await readBody(request)))
    const bodies = Array.from({ length: 100 }, (_, index) => `body ${index}`)
    const answers = await Promise.all(bodies.map((body) => ask(session, post, body)))
    expect(answers.map(({ body }) => body)).toEqual(bodies)
  })

  test('with HEAD, and with an answer that has no body', async () => {
    const { session } = await setUp((request, response) => {
      if (request.method === 'HEAD') response.setHeader('content-length', '42').end()
      else response.writeHead(204).end()
    })
    const head = await ask(session, { ...get, ':method': 'HEAD' })
    expect(head.headers['content-length']).toBe('42')
    expect(head).toMatchObject({ body: '', resetCode: 0 })
    const empty = await ask(session, { ...get, ':method': 'DELETE' })
    expect(empty.headers[':status']).toBe(204)
  })

  test('that gives its answer several cookies, and some headers twice', async () => {
    const { session } = await setUp((_request, response) => {
      response.writeHead(
        200,
        [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['ETag', '"1"'],
          ['ETag', '"2"'],
          ['Connection', 'X-Hop'],
          ['X-Hop', '1'],
        ].flat(),
      )
      response.end('ok')
    })
    const answer = await ask(session, get)
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(answer.headers.etag).toBe('"1"')
    expect(answer.headers).not.toHaveProperty('x-hop')
  })

  test('awaiting 100 Continue, which comes only when somebody takes the body', async () => {
    const { session } = await setUp(async (request, response) => void response.end(await readBody(request)))
    const stream = session.request({ ...post, expect: '100-continue' })
    const answered = answerOf(stream)
    await new Promise<void>((resolve) => stream.once('continue', () => resolve()))
    stream.end('body')
    expect((await answered).body).toBe('body')

    const refused = session.request({ ...post, authorization: 'wrong', expect: '100-continue' })
    let wasInvited = false
    refused.on('continue', () => {
      wasInvited = true
    })
    expect((await answerOf(refused)).headers[':status']).toBe(401)
    expect(wasInvited).toBe(false)
  })
})

describe('A stream over HTTP/2', () => {
  test('arrives chunk by chunk: each before the next one is sent', async () => {
    let response: ServerResponse | undefined
    const { session } = await setUp((_request, begun) => {
      begun.writeHead(200, { 'content-type': 'text/event-stream' })
      begun.flushHeaders()
      response = begun
    })
    const stream = session.request(get)
    let received = ''
    let status = 0
    stream.on('response', (headers) => {
      status = headers[':status'] ?? 0
    })
    stream.on('data', (chunk) => {
      received += chunk
    })
    await until(() => status === 200, 'headers came alone')
    for (const number of [1, 2, 3]) {
      response?.write(`data: ${number}\n\n`)
      await until(() => received.endsWith(`data: ${number}\n\n`), `chunk ${number} came`)
    }
  })

  test('goes both ways at once', async () => {
    const { session } = await setUp((request, response) => {
      request.on('data', (chunk: Buffer) => response.write(`echo ${chunk}`))
      request.on('end', () => response.end())
    })
    const stream = session.request(post)
    let received = ''
    stream.on('data', (chunk) => {
      received += chunk
    })
    for (const word of ['one', 'two', 'three']) {
      stream.write(word)
      await until(() => received.endsWith(`echo ${word}`), `${word} came back`)
    }
    stream.end()
    await until(() => stream.closed, 'both ends are over')
    expect(stream.rstCode).toBe(0)
  })

  test('brings trailers and early hints', async () => {
    const { session } = await setUp((_request, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' })
      response.writeHead(200, { trailer: 'x-sum' })
      response.write('body')
      response.addTrailers({ 'x-sum': '42' })
      response.end()
    })
    const stream = session.request(get)
    const interim: unknown[] = []
    stream.on('headers', (headers) => interim.push(headers[':status'], headers['link']))
    const answer = await answerOf(stream)
    expect(interim).toEqual([103, '</style.css>; rel=preload'])
    expect(answer.body).toBe('body')
    expect(answer.trailers?.['x-sum']).toBe('42')
  })

  test('is cancelled at the instance when the caller resets it, and counts as 499', async () => {
    let cancelled = 0
    const { session, gateway } = await setUp((_request, response) => {
      response.on('close', () => {
        cancelled += 1
      })
      response.write('begun')
    })
    const streams = [session.request(get), session.request(get)]
    for (const stream of streams) {
      await new Promise<void>((resolve) => stream.once('data', () => resolve()))
    }
    streams[0]?.close(constants.NGHTTP2_CANCEL)
    await until(() => cancelled === 1, 'the first one was cancelled')
    session.destroy()
    await until(() => cancelled === 2, 'so was the other, with its connection')
    await until(() => statusCounts(gateway)['499'] === 2, 'both count')
    expect(gateway.engine.observer.openRequests).toBe(0)
  })

  test('that breaks off at the instance is reset, so that half an answer never looks whole', async () => {
    const { session, gateway } = await setUp((request, response) => {
      if (request.url?.endsWith('?long') === true) response.setHeader('content-length', '1000')
      response.write('begun', () => response.destroy())
    })
    for (const headers of [get, { ...get, ':path': `${path}?long` }]) {
      const answer = await ask(session, headers)
      expect(answer).toMatchObject({ body: 'begun', resetCode: constants.NGHTTP2_INTERNAL_ERROR })
    }
    expect(statusCounts(gateway)).toEqual({ 502: 2 })
  })

  test('waits for a slow reader instead of filling memory, and does not hold up others', async () => {
    let written = 0
    let isOver = false
    const total = 32 * 1024 * 1024
    const { session } = await setUp((request, response) => {
      if (request.headers['x-short'] !== undefined) {
        response.end('short')
        return
      }
      const chunk = Buffer.alloc(65_536)
      const fill = () => {
        while (written < total) {
          written += chunk.length
          if (!response.write(chunk)) {
            response.once('drain', fill)
            return
          }
        }
        isOver = true
        response.end()
      }
      fill()
    })
    const slow = session.request(get)
    slow.pause()
    await new Promise<void>((resolve) => slow.once('response', () => resolve()))
    const short = await ask(session, { ...get, 'x-short': '1' })
    expect(short.body).toBe('short')
    let before = -1
    await until(() => {
      const stands = before === written
      before = written
      return stands
    }, 'the instance was paused')
    expect(written).toBeLessThan(total / 2)
    let received = 0
    slow.resume()
    slow.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    await until(() => isOver && received === total, 'all of it came once it was read')
  })
})

describe('An upload over HTTP/2', () => {
  test('is paused while the instance does not read', async () => {
    let read: (() => void) | undefined
    let taken = 0
    const { session } = await setUp(
      (request, response) => {
        request.pause()
        read = () => {
          request.on('data', (chunk: Buffer) => {
            taken += chunk.length
          })
          request.on('end', () => response.end(String(taken)))
          request.resume()
        }
      },
      { requestBodyBytesMax: 64 * 1024 * 1024 },
    )
    const total = 32 * 1024 * 1024
    const stream = session.request(post)
    const answered = answerOf(stream)
    let sent = 0
    const chunk = Buffer.alloc(65_536)
    const fill = () => {
      while (sent < total) {
        sent += chunk.length
        if (!stream.write(chunk)) {
          stream.once('drain', fill)
          return
        }
      }
      stream.end()
    }
    fill()
    await until(() => read !== undefined, 'the instance has the request')
    let before = -1
    await until(() => {
      const stands = before === sent
      before = sent
      return stands
    }, 'the caller was paused')
    expect(sent).toBeLessThan(total / 2)
    read?.()
    expect((await answered).body).toBe(String(total))
  })

  test('that is too large is refused, declared or not', async () => {
    const { session } = await setUp(
      (request, response) =>
        void readBody(request).then(
          (body) => response.end(body),
          () => {},
        ),
      { requestBodyBytesMax: 1_000 },
    )
    const declared = await ask(session, { ...post, 'content-length': '2000' }, Buffer.alloc(2_000))
    expect(declared.headers[':status']).toBe(413)
    expect(JSON.parse(declared.body).error.code).toBe('body_too_large')
    const undeclared = await ask(session, post, Buffer.alloc(200_000))
    expect(undeclared.headers[':status']).toBe(413)
    // The connection has survived both.
    expect((await ask(session, post, 'small')).body).toBe('small')
  })

  test('that breaks off cancels the instance', async () => {
    let wasAborted = false
    const { session, upstream } = await setUp((request) => {
      request.resume()
      request.on('close', () => {
        wasAborted = !request.complete
      })
    })
    // With trailers to come, node's client resets without ending the body first.
    const stream = session.request(post, { waitForTrailers: true })
    stream.on('error', () => {})
    stream.write('half')
    await until(() => upstream.requests.length === 1, 'the instance has the request')
    stream.close(constants.NGHTTP2_CANCEL)
    await until(() => wasAborted, 'the instance was cancelled')
  })
})

describe('Refused over HTTP/2', () => {
  const refusedWith = async (
    headers: Record<string, string | string[]>,
    limits: Partial<GatewayLimits> = {},
  ) => {
    const { session } = await setUp((_request, response) => void response.end('ok'), limits)
    const answer = await ask(session, headers)
    return [answer.headers[':status'], answer.body === '' ? null : JSON.parse(answer.body).error.code]
  }

  test('are two hosts that differ', async () => {
    expect(
      await refusedWith({ ...get, ':authority': 'demo.gateway.test', host: 'other.gateway.test' }),
    ).toEqual([400, 'malformed_request'])
  })

  test('are headers over the limit, and URLs', async () => {
    expect(await refusedWith({ ...get, 'x-large': 'x'.repeat(40_000) })).toEqual([431, 'headers_too_large'])
    expect(
      await refusedWith({ ...get, ':path': `${path}?${'x'.repeat(2_000)}` }, { urlBytesMax: 1_000 }),
    ).toEqual([414, 'url_too_long'])
  })

  test('are wrong tokens, unknown services, TRACE and CONNECT', async () => {
    expect(await refusedWith({ ...get, authorization: 'wrong' })).toEqual([401, 'credential_rejected'])
    expect(await refusedWith({ ':path': '/api/predict/none/x', authorization: testToken })).toEqual([
      404,
      'service_not_found',
    ])
    expect(await refusedWith({ ...get, ':method': 'TRACE' })).toEqual([405, 'method_not_supported'])
    expect(await refusedWith({ ':method': 'CONNECT', ':authority': 'example.test:443' })).toEqual([
      405,
      'method_not_supported',
    ])
  })

  test('is a caller that asks and takes back without end', async () => {
    const { session, gateway } = await setUp(() => {})
    let reason = ''
    session.on('error', (error) => {
      reason = error.message
    })
    for (let round = 0; round < 40 && !session.destroyed; round++) {
      for (let index = 0; index < 50 && !session.closed && !session.destroyed; index++) {
        const stream = session.request(get)
        stream.on('error', () => {})
        stream.close(constants.NGHTTP2_CANCEL)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
    await until(() => reason !== '', 'the connection was ended')
    expect(reason).toContain(`code ${constants.NGHTTP2_ENHANCE_YOUR_CALM}`)
    await until(() => gateway.engine.observer.openRequests === 0, 'nothing is left open')
  })
})

describe('An HTTP/2 connection', () => {
  test('is drained: streams finish, requests on their way are served, the idle end at once', async () => {
    let response: ServerResponse | undefined
    const { gateway, session } = await setUp((request, begun) => {
      if (request.method === 'GET') begun.end('late')
      else {
        response = begun
        begun.write('begun ')
      }
    })
    const idle = await connectTo(gateway)
    const stream = session.request(post, { endStream: true })
    const answered = answerOf(stream)
    await until(() => response !== undefined, 'the stream has begun')
    const goaways: number[] = []
    session.on('goaway', (code) => goaways.push(code))
    // Sent before the caller can have heard of the end.
    const late = ask(session, get).then(({ body }) => body)
    await new Promise((resolve) => setImmediate(resolve))
    const closed = gateway.close
    closers.splice(closers.indexOf(closed), 1)
    const drained = gateway.drain()
    expect(await late).toBe('late')
    await until(() => idle.destroyed, 'the idle connection has ended')
    await until(() => goaways.length > 0, 'the caller was told')
    expect(goaways[0]).toBe(constants.NGHTTP2_NO_ERROR)
    response?.end('and finished')
    expect(await answered).toMatchObject({ body: 'begun and finished', resetCode: 0 })
    await drained
    await closed()
  })

  test('without streams ends after its idle time, and one with a stream does not', async () => {
    let response: ServerResponse | undefined
    const { gateway, session } = await setUp(
      (_request, begun) => {
        response = begun
        begun.write('begun')
      },
      { clientIdleMs: 300 },
    )
    const busy = await connectTo(gateway)
    const answered = answerOf(busy.request(get))
    await until(() => session.closed || session.destroyed, 'the idle one has ended')
    expect(busy.closed || busy.destroyed).toBe(false)
    response?.end()
    expect((await answered).body).toBe('begun')
  })
})
