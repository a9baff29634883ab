import { createServer, type Server } from 'node:https'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { buildConnector } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { Http1Upstream } from './http1-upstream.ts'
import { plainRequest } from './testing/send-and-see.ts'

const { cert, key } = makeCertificate()
let server: Server
let port = 0
let connections = 0

beforeAll(async () => {
  server = createServer({ cert, key }, async (request, response) => {
    response.end(`${request.method} ${request.url} ${await text(request)}`)
  })
  server.on('secureConnection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

function call(upstream: Http1Upstream, request: Partial<UpstreamRequest>): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = ''
    upstream.dispatch(
      { ...plainRequest, method: 'POST', path: '/v1', ...request },
      {
        onConnect: () => {},
        onHeaders: () => {},
        onData: (chunk) => {
          body += chunk.toString()
          return true
        },
        onComplete: () => resolve(body),
        onUpgrade: () => reject(new Error('Upgraded.')),
        onError: reject,
      },
    )
  })
}

test('An instance behind TLS is spoken to like any other, on one connection', async () => {
  const upstream = new Http1Upstream(
    `https://localhost:${port}`,
    buildConnector({ ca: cert, timeout: 1_000 }),
  )
  expect(await call(upstream, { body: Buffer.from('small') })).toBe('POST /v1 small')
  const large = 'x'.repeat(300_000)
  expect(await call(upstream, { body: Buffer.from(large) })).toBe(`POST /v1 ${large}`)
  expect(await call(upstream, { body: Readable.from([Buffer.from('a'), Buffer.from('b')]) })).toBe(
    'POST /v1 ab',
  )
  expect(connections).toBe(1)
  await upstream.close()
})

test('An instance whose certificate nobody vouches for gets no request', async () => {
  const upstream = new Http1Upstream(`https://localhost:${port}`, buildConnector({ timeout: 1_000 }))
  await expect(call(upstream, {})).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  await upstream.close()
})

test('A certificate for another name is refused', async () => {
  const connect = buildConnector({ ca: cert, timeout: 1_000, servername: 'other.test' })
  const upstream = new Http1Upstream(`https://127.0.0.1:${port}`, connect)
  await expect(call(upstream, {})).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
  await upstream.close()
})
