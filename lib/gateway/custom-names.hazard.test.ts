import { afterEach, describe, expect, test } from 'vitest'
import { callFrom } from '@/lib/gateway/testing/call-from.ts'
import { ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { DomainSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function domain(name: string, overrides: Partial<DomainSnapshot> = {}): DomainSnapshot {
  return { name, side: 'internet', certificateId: null, forceHttps: false, ...overrides }
}

const certificate = makeCertificate('api.example.com')
const certificates = [{ id: 'crt_1', chain: certificate.cert, key: certificate.key }]
const forced = domain('api.example.com', { certificateId: 'crt_1', forceHttps: true })

const authorization = testToken

async function start(overrides: Parameters<typeof makeSnapshot>[0]) {
  const upstream = await startUpstream((request, response) => void response.end(`took ${request.url}`))
  const instances = [makeInstance(upstream.url)]
  const services = [
    makeService({ instances, protocol: 'grpc' }),
    makeService({ id: 'eas_qwen', name: 'qwen_7b', instances }),
  ]
  const gateway = await startGateway(makeSnapshot({ services, certificates, ...overrides }))
  closers.push(upstream.close, gateway.close)
  const call = async (host: string, path: string, port = gateway.port) => {
    const answer = await callFrom('127.0.0.1', port, path, { headers: { host, authorization } })
    return answer.status === 200 ? answer.body : (answer.headers.location ?? answer.status)
  }
  return { gateway, call, upstream }
}

describe('A custom name', () => {
  test.each([
    ['api.example.com', '/api/predict/demo/v1', 'took /v1'],
    ['API.Example.COM.', '/api/predict/demo/v1', 'took /v1'],
    ['api.example.com:8080', '/api/predict/qwen_7b/v1', 'took /v1'],
    ['demo.api.example.com', '/v1', 'took /v1'],
    ['Qwen-7B.api.example.com.:8080', '/v1', 'took /v1'],
    ['demo.example.org', '/v1', 'took /v1'],
    ['anything.example.org', '/api/predict/demo/v1', 'took /v1'],
    ['anything.example.org', '/v1', 404],
    ['demo.xn--fsqu00a.com', '/v1', 'took /v1'],
    ['unknown.net', '/api/predict/demo/v1', 'took /v1'],
    ['[::1]:8080', '/api/predict/demo/v1', 'took /v1'],
    ['api.example.com', '/v1', 404],
    ['demo.inner.example', '/v1', 404],
  ])('%s%s', async (host, path, expected) => {
    const domains = ['api.example.com', '*.example.org', 'xn--fsqu00a.com'].map((name) => domain(name))
    const { call } = await start({ domains: [...domains, domain('inner.example', { side: 'vpc' })] })
    expect(await call(host, path)).toBe(expected)
  })

  test('serves its own side, from the next snapshot on', async () => {
    const { gateway, call } = await start({ domains: [domain('inner.example', { side: 'vpc' })] })
    expect(await call('demo.inner.example', '/v1', gateway.vpcPort)).toBe('took /v1')
    const { services } = makeSnapshot({ services: [makeService()] })
    gateway.apply(makeSnapshot({ revision: 2, services }))
    expect(await call('demo.inner.example', '/v1', gateway.vpcPort)).toBe(404)
  })
})

describe('Forced HTTPS', () => {
  const domains = [forced, domain('plain.example.com')]
  const tlsPorts = { internet: 8443, vpc: null }

  test('redirects plain requests with everything that was asked', async () => {
    const { call, upstream } = await start({ domains, tlsPorts })
    const path = '/api/predict/demo/v1//x?a=1&b=%2F'
    expect(await call('api.example.com:8080', path)).toBe(`https://api.example.com:8443${path}`)
    expect(await call('Demo.API.example.com', '/v1')).toBe('https://demo.api.example.com:8443/v1')
    expect(await call('api.example.com', '/nothing/here')).toBe('https://api.example.com:8443/nothing/here')
    expect(await call('plain.example.com', path)).toBe('took /v1//x?a=1&b=%2F')
    expect(await call('gateway.test', path)).toBe('took /v1//x?a=1&b=%2F')
    expect(upstream.requests).toHaveLength(2)
  })

  test('keeps the method, leaves 443 out, and asks for no token', async () => {
    const { gateway } = await start({ domains, tlsPorts: { internet: 443, vpc: null } })
    const headers = { host: 'api.example.com' }
    const answer = await callFrom('127.0.0.1', gateway.port, '/api/predict/demo/', {
      method: 'POST',
      headers,
    })
    expect(answer.status).toBe(308)
    expect(answer.headers).toMatchObject({
      location: 'https://api.example.com/api/predict/demo/',
      'content-length': '0',
    })
    expect(answer.headers['x-request-id']).toBeDefined()
  })

  test('redirects over HTTP/2, and refuses gRPC and WebSockets with a reason', async () => {
    const { gateway } = await start({ domains, tlsPorts })
    const session = await openHttp2(gateway.url)
    closers.push(() => session.destroy())
    const asked = { ':path': '/api/predict/demo/', ':authority': 'api.example.com' }
    const { headers } = await ask(session, asked)
    expect([headers[':status'], headers.location]).toEqual([
      308,
      'https://api.example.com:8443/api/predict/demo/',
    ])
    const grpc = await ask(session, { ':method': 'POST', ...asked, 'content-type': 'application/grpc' }, '')
    expect(grpc.headers).toMatchObject({ ':status': 200, 'grpc-status': '7' })
    expect(grpc.headers['grpc-message']).toContain('TLS only')
    const socket = await callFrom('127.0.0.1', gateway.port, '/api/predict/demo/ws', {
      headers: {
        host: 'api.example.com',
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-version': '13',
      },
    })
    expect(socket.status).toBe(403)
    expect(JSON.parse(socket.body).error).toMatchObject({ code: 'https_required' })
  })

  test('serves as usual where there is no TLS listener or no certificate yet, and behind a proxy that has ended TLS', async () => {
    const without = await start({ domains })
    expect(await without.call('api.example.com', '/api/predict/demo/v1')).toBe('took /v1')
    const waiting = { ...forced, certificateId: null }
    const early = await start({ domains: [waiting], tlsPorts })
    expect(await early.call('api.example.com', '/api/predict/demo/v1')).toBe('took /v1')
    const { gateway } = await start({ domains, tlsPorts, trustedProxies: ['127.0.0.2/32'] })
    const headers = { host: 'api.example.com', authorization, 'x-forwarded-proto': 'https' }
    const path = '/api/predict/demo/v1'
    expect((await callFrom('127.0.0.2', gateway.port, path, { headers })).status).toBe(200)
    expect((await callFrom('127.0.0.3', gateway.port, path, { headers })).status).toBe(308)
    const plain = { ...headers, 'x-forwarded-proto': 'https, http' }
    expect((await callFrom('127.0.0.2', gateway.port, path, { headers: plain })).status).toBe(308)
  })
})

describe('A certificate authority', () => {
  const acmeChallenges = [{ token: 'tok-en_1', keyAuthorization: 'tok-en_1.thumb' }]
  const path = '/.well-known/acme-challenge/tok-en_1'

  test('is answered before lists of callers and redirects, under any name', async () => {
    const { gateway } = await start({
      acmeChallenges,
      access: { internet: [], vpc: [] },
      domains: [forced],
      tlsPorts: { internet: 8443, vpc: 8444 },
    })
    for (const port of [gateway.port, gateway.vpcPort]) {
      for (const host of ['api.example.com', 'demo.gateway.test', 'unknown.net', '127.0.0.1']) {
        const answer = await callFrom('127.0.0.9', port, path, { headers: { host } })
        expect([answer.status, answer.body]).toEqual([200, 'tok-en_1.thumb'])
        expect(answer.headers['content-type']).toBe('application/octet-stream')
      }
    }
    const other = await callFrom('127.0.0.9', gateway.port, '/api/predict/demo/')
    expect(other.status).toBe(403)
  })

  test('hears of no other token, and no service gets what it asks', async () => {
    const { gateway, upstream } = await start({ acmeChallenges })
    const unknown = '/.well-known/acme-challenge/other'
    const answer = await callFrom('127.0.0.1', gateway.port, unknown, {
      headers: { host: 'demo.gateway.test' },
    })
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body).error.code).toBe('challenge_not_found')
    expect((await callFrom('127.0.0.1', gateway.port, '/.well-known/acme-challenge/')).status).toBe(404)
    const posted = await callFrom('127.0.0.1', gateway.port, path, { method: 'POST' })
    expect(posted.status).toBe(404)
    const head = await callFrom('127.0.0.1', gateway.port, path, { method: 'HEAD' })
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', '14'])
    expect(upstream.requests).toHaveLength(0)
  })
})
