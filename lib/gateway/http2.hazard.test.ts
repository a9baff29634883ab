import type { RequestListener, ServerResponse } from 'node:http'
import { constants } from 'node:http2'
import { afterEach, describe, expect, test } from 'vitest'
import { answerOf, ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startHttp2Setting } from '@/lib/gateway/testing/start-http2-setting.ts'
import { readBody } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const path = '/api/predict/demo/v1/chat/completions'
const post = { ':method': 'POST', ':path': path, authorization: testToken }
const get = { ':path': path, authorization: testToken }
const setUp = (handler: RequestListener, limits?: Partial<GatewayLimits>) =>
  startHttp2Setting(closers, handler, limits)

async function connectTo(url: string) {
  const session = await openHttp2(url)
  closers.push(() => session.destroy())
  return session
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
    const idle = await connectTo(gateway.url)
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
    const busy = await connectTo(gateway.url)
    const answered = answerOf(busy.request(get))
    await until(() => session.closed || session.destroyed, 'the idle one has ended')
    expect(busy.closed || busy.destroyed).toBe(false)
    response?.end()
    expect((await answered).body).toBe('begun')
  })
})
