import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function answerOf(handler: RequestListener, method = 'GET', body?: Buffer) {
  const upstream = await startUpstream(handler)
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })] }),
  )
  closers.push(upstream.close, gateway.close)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = httpRequest(
      {
        port: gateway.port,
        host: '127.0.0.1',
        method,
        path: '/api/predict/demo/x',
        headers: { authorization: testToken },
      },
      resolve,
    )
    sent.on('error', reject)
    sent.end(body)
  })
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { response, body: Buffer.concat(chunks) }
}

describe('Passes untouched', () => {
  test('HEAD, with the length of the body that is not there', async () => {
    const { response, body } = await answerOf((_request, answer) => {
      answer.writeHead(200, { 'content-length': 1234 }).end()
    }, 'HEAD')
    expect(response.headers['content-length']).toBe('1234')
    expect(body).toHaveLength(0)
  })

  test.each([204, 304])('%i without a body', async (status) => {
    const { response, body } = await answerOf(
      (_request, answer) => void answer.writeHead(status, { etag: '"1"' }).end(),
    )
    expect(response.statusCode).toBe(status)
    expect(response.headers.etag).toBe('"1"')
    expect(body).toHaveLength(0)
  })

  test('compressed bytes and their encoding', async () => {
    const zipped = gzipSync('x'.repeat(10_000))
    const { response, body } = await answerOf((_request, answer) => {
      answer.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(zipped)
    })
    expect(response.headers['content-encoding']).toBe('gzip')
    expect(body.equals(zipped)).toBe(true)
  })

  test('several cookies, each on a line of its own', async () => {
    const { response } = await answerOf((_request, answer) => {
      answer.setHeader('set-cookie', ['a=1', 'b=2']).end()
    })
    expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  })

  test('405 and its words', async () => {
    const { response, body } = await answerOf((_request, answer) => {
      answer.writeHead(405, 'Not That Way', { allow: 'POST' }).end('no')
    }, 'DELETE')
    expect([response.statusCode, response.statusMessage, response.headers.allow, body.toString()]).toEqual([
      405,
      'Not That Way',
      'POST',
      'no',
    ])
  })

  test('binary bodies both ways, large and small', async () => {
    for (const size of [1, 60_000, 900_000]) {
      const sent = Buffer.from(Array.from({ length: size }, (_, index) => index % 256))
      const { body } = await answerOf((request, answer) => void request.pipe(answer), 'POST', sent)
      expect(body.equals(sent)).toBe(true)
    }
  })

  test('an answer behind an early hint', async () => {
    const { response, body } = await answerOf((_request, answer) => {
      answer.writeEarlyHints({ link: '</x.css>; rel=preload' }, () => answer.end('final'))
    })
    expect([response.statusCode, body.toString()]).toEqual([200, 'final'])
  })
})
