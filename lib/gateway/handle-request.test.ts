import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { readBody, startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function echo(): Promise<Upstream> {
  const upstream = await startUpstream(async (request, response) => {
    const body = await readBody(request)
    response.setHeader('content-type', 'application/json')
    response.setHeader('x-switchyard-secret', 'inner')
    response.setHeader('connection', 'keep-alive, x-hop')
    response.setHeader('x-hop', '1')
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }))
  })
  closers.push(upstream.close)
  return upstream
}

async function gatewayFor(
  upstream: Upstream,
  service: Partial<InferenceServiceSnapshot> = {},
): Promise<TestGateway> {
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)], ...service })] }),
  )
  closers.push(gateway.close)
  return gateway
}

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

function call(
  gateway: TestGateway,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      {
        port: gateway.port,
        host: '127.0.0.1',
        path,
        method: options.method ?? 'GET',
        headers: { authorization: testToken, ...options.headers },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

describe('A call through the gateway', () => {
  test('reaches the instance with method, path, query and body unchanged', async () => {
    const gateway = await gatewayFor(await echo())
    const answer = await call(gateway, '/api/predict/demo/v1/a%2Fb%20c?x=%20&y=1', {
      method: 'PUT',
      body: 'hello',
      headers: { 'content-type': 'text/plain' },
    })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({
      method: 'PUT',
      url: '/v1/a%2Fb%20c?x=%20&y=1',
      body: 'hello',
      headers: { 'content-type': 'text/plain', 'content-length': '5' },
    })
  })

  test('appends to the base path of the instance', async () => {
    const upstream = await echo()
    const gateway = await gatewayFor(upstream, { instances: [makeInstance(`${upstream.url}/base/`)] })
    const answer = await call(gateway, '/api/predict/demo/v1/models')
    expect(JSON.parse(answer.text).url).toBe('/base/v1/models')
  })

  test('removes the token and sets forwarding headers', async () => {
    const upstream = await echo()
    const gateway = await gatewayFor(upstream)
    const answer = await call(gateway, '/api/predict/demo/', {
      headers: { 'x-forwarded-for': '6.6.6.6', 'x-switchyard-trick': '1', 'x-request-id': 'mine-1' },
    })
    const { headers } = JSON.parse(answer.text)
    expect(headers.authorization).toBeUndefined()
    expect(headers['x-switchyard-trick']).toBeUndefined()
    expect(headers).toMatchObject({
      host: upstream.url.slice('http://'.length),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': `127.0.0.1:${gateway.port}`,
      'x-request-id': 'mine-1',
    })
    expect(answer.headers['x-request-id']).toBe('mine-1')
    expect(answer.headers['x-switchyard-secret']).toBeUndefined()
    expect(answer.headers['x-hop']).toBeUndefined()
  })

  test("sends the caller's token or the service's own where the service says so", async () => {
    const upstream = await echo()
    const forwarding = await gatewayFor(upstream, { forwardAuthorization: true })
    expect(JSON.parse((await call(forwarding, '/api/predict/demo')).text).headers.authorization).toBe(
      testToken,
    )
    const own = await gatewayFor(upstream, {
      upstreamAuthorization: 'Bearer inner',
      forwardAuthorization: true,
    })
    expect(JSON.parse((await call(own, '/api/predict/demo')).text).headers.authorization).toBe('Bearer inner')
  })

  test('answers in host form', async () => {
    const gateway = await gatewayFor(await echo(), { name: 'qwen_7b' })
    const answer = await call(gateway, '/v1/models?a=b', { headers: { host: 'Qwen-7b.Gateway.Test:8080' } })
    expect(JSON.parse(answer.text).url).toBe('/v1/models?a=b')
  })

  test('passes an upstream 404 untouched', async () => {
    const upstream = await startUpstream((_request, response) => {
      response.writeHead(404, 'Nope', { 'content-type': 'text/plain' }).end('no such model')
    })
    closers.push(upstream.close)
    const answer = await call(await gatewayFor(upstream), '/api/predict/demo/x')
    expect(answer).toMatchObject({ status: 404, text: 'no such model' })
    expect(answer.headers['x-switchyard-error-source']).toBeUndefined()
  })

  test('never follows a redirect', async () => {
    const upstream = await startUpstream((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    })
    closers.push(upstream.close)
    const answer = await call(await gatewayFor(upstream), '/api/predict/demo/x')
    expect(answer).toMatchObject({ status: 302 })
    expect(answer.headers['location']).toBe('http://169.254.169.254/')
  })
})

describe('The gateway refuses', () => {
  const errorOf = (answer: Answer) => JSON.parse(answer.text).error

  test('a call without a token: 401, saying what to send', async () => {
    const gateway = await gatewayFor(await echo())
    const answer = await call(gateway, '/api/predict/demo/', { headers: { authorization: '' } })
    expect(answer.status).toBe(401)
    expect(answer.headers['x-switchyard-error-source']).toBe('client')
    expect(errorOf(answer)).toMatchObject({
      type: 'authentication_error',
      code: 'credential_missing',
      param: null,
      request_id: answer.headers['x-request-id'],
    })
    expect(errorOf(answer).message).toContain('Authorization: Bearer <token>')
  })

  test('a wrong token: 401', async () => {
    const gateway = await gatewayFor(await echo())
    const answer = await call(gateway, '/api/predict/demo/', { headers: { authorization: 'Bearer nope' } })
    expect(answer.status).toBe(401)
    expect(errorOf(answer).code).toBe('credential_rejected')
  })

  test('an unknown service: 404, naming the usual path', async () => {
    const gateway = await gatewayFor(await echo())
    const answer = await call(gateway, '/api/predict/other/v1/models')
    expect(answer.status).toBe(404)
    expect(errorOf(answer).message).toContain('/api/predict/<service>/v1/chat/completions')
  })

  test('a stopped service: 503 with Retry-After', async () => {
    const gateway = await gatewayFor(await echo(), { running: false })
    const answer = await call(gateway, '/api/predict/demo/')
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBe('30')
    expect(errorOf(answer).code).toBe('service_stopped')
  })

  test('while there is no instance or no configuration: 503', async () => {
    const gateway = await gatewayFor(await echo(), { instances: [] })
    expect((await call(gateway, '/api/predict/demo/')).status).toBe(503)
    const empty = await startGateway(null)
    closers.push(empty.close)
    const answer = await call(empty, '/api/predict/demo/')
    expect(answer.status).toBe(503)
    expect(errorOf(answer).code).toBe('not_configured')
  })

  test('a denied address: 502, without naming it', async () => {
    const gateway = await gatewayFor(await echo(), { instances: [makeInstance('http://169.254.169.254')] })
    const answer = await call(gateway, '/api/predict/demo/')
    expect(answer.status).toBe(502)
    expect(errorOf(answer).code).toBe('egress_denied')
    expect(answer.text).not.toContain('169.254')
  })

  test('when nobody listens: 503, without naming the host', async () => {
    const upstream = await echo()
    await upstream.close()
    const answer = await call(await gatewayFor(upstream), '/api/predict/demo/')
    expect(answer.status).toBe(503)
    expect(answer.headers['x-switchyard-error-source']).toBe('upstream')
    expect(answer.text).not.toContain('127.0.0.1')
  })

  test('an upstream that closes without an answer: 502', async () => {
    const upstream = await startUpstream((request) => request.socket.destroy())
    closers.push(upstream.close)
    const answer = await call(await gatewayFor(upstream), '/api/predict/demo/', { method: 'POST', body: 'x' })
    expect(answer.status).toBe(502)
    expect(errorOf(answer).code).toBe('upstream_bad_answer')
  })

  test('an upstream that stays silent: 504', async () => {
    const upstream = await startUpstream(() => {})
    closers.push(upstream.close)
    const answer = await call(await gatewayFor(upstream, { requestTimeoutMs: 60 }), '/api/predict/demo/')
    expect(answer.status).toBe(504)
    expect(errorOf(answer).code).toBe('upstream_timed_out')
  })

  test('another expectation than 100-continue: 417', async () => {
    const gateway = await gatewayFor(await echo())
    const answer = await call(gateway, '/api/predict/demo/', { headers: { expect: 'miracles' } })
    expect(answer.status).toBe(417)
  })
})

describe('A failed dial', () => {
  test('is repeated on another instance, so the caller sees nothing', async () => {
    const dead = await echo()
    await dead.close()
    const alive = await echo()
    const gateway = await gatewayFor(alive, { instances: [makeInstance(dead.url), makeInstance(alive.url)] })
    for (let count = 0; count < 10; count++) {
      const answer = await call(gateway, '/api/predict/demo/', { method: 'POST', body: `${count}` })
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text).body).toBe(`${count}`)
    }
  })
})
