import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { readBody, startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void>> = []
const bytesMax = 1_048_576
const line = 'POST /api/predict/demo/ HTTP/1.1\r\nHost: gateway.test\r\n'
const auth = `Authorization: ${testToken}\r\n`

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function setUp() {
  const bodies: string[] = []
  let aborted = 0
  const upstream = await startUpstream(async (request, response) => {
    try {
      bodies.push(await readBody(request))
      response.end(`${bodies.at(-1)?.length}`)
    } catch {
      aborted += 1
    }
  })
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })] }),
  )
  const client = await RawClient.open(gateway.port)
  closers.push(upstream.close, gateway.close, async () => client.close())
  return { bodies, upstream, gateway, client, abortedCount: () => aborted }
}

const count = (text: string, part: string) => text.split(part).length - 1

describe('The body limit', () => {
  test('refuses at once what declares too much, before a byte of it is sent', async () => {
    const { client, upstream } = await setUp()
    client.send(`${line}${auth}Content-Length: ${bytesMax + 1}\r\n\r\n`)
    await until(() => client.received.includes('body_too_large'), 'the gateway answered')
    expect(client.received).toMatch(/^HTTP\/1\.1 413 /)
    expect(client.received.toLowerCase()).toContain('connection: close')
    expect(upstream.requests).toHaveLength(0)
  })

  test('lets the answer be read by a caller that sends everything first', async () => {
    const { client } = await setUp()
    client.send(`${line}${auth}Content-Length: ${3 * bytesMax}\r\n\r\n${'x'.repeat(3 * bytesMax)}`)
    await until(() => client.received.includes('body_too_large'), 'the answer was not lost to a reset')
  })

  test('refuses a chunked body once its count passes, and cancels the upstream', async () => {
    const { client, abortedCount } = await setUp()
    client.send(`${line}${auth}Transfer-Encoding: chunked\r\n\r\n`)
    for (let sent = 0; sent < 20; sent++) client.send(`10000\r\n${'y'.repeat(65_536)}\r\n`)
    await until(() => client.received.includes('body_too_large'), 'the gateway answered')
    expect(client.received).toMatch(/^HTTP\/1\.1 413 /)
    await until(() => abortedCount() === 1, 'the upstream was cancelled')
  })

  test('lets a body of exactly the limit pass', async () => {
    const { client, bodies } = await setUp()
    client.send(`${line}${auth}Content-Length: ${bytesMax}\r\n\r\n${'z'.repeat(bytesMax)}`)
    await until(() => client.received.includes(`\r\n\r\n${bytesMax}`), 'the upstream answered')
    expect(bodies[0]).toHaveLength(bytesMax)
  })
})

describe('A body', () => {
  test('arrives whole, however it is cut', async () => {
    const { client, bodies } = await setUp()
    client.send(`${line}${auth}Content-Length: 10\r\n`)
    client.send('\r\n01')
    await new Promise((resolve) => setImmediate(resolve))
    client.send('234')
    await new Promise((resolve) => setImmediate(resolve))
    client.send('56789')
    await until(() => bodies.length === 1, 'the upstream got the body')
    expect(bodies[0]).toBe('0123456789')
  })

  test('that breaks off is not completed at the upstream', async () => {
    const { client, bodies, abortedCount, upstream, gateway } = await setUp()
    client.send(`${line}${auth}Content-Length: 10\r\n\r\n0123`)
    await until(() => upstream.requests.length === 1, 'the upstream got the beginning')
    client.close()
    await until(() => abortedCount() === 1, 'the upstream saw it break')
    expect(bodies).toEqual([])
    const byStatus = gateway.engine.observer.meters.get('demo')?.byStatus
    await until(() => byStatus?.get(499) === 1, 'the caller counts as one that left')
  })
})

describe('Expect: 100-continue', () => {
  test('is granted before the body is taken', async () => {
    const { client, bodies } = await setUp()
    client.send(`${line}${auth}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n`)
    await until(() => client.received.startsWith('HTTP/1.1 100 Continue'), 'the gateway said continue')
    expect(bodies).toEqual([])
    client.send('hello')
    await until(() => client.received.includes('200 OK'), 'the upstream answered')
    expect(bodies).toEqual(['hello'])
  })

  test('is answered with the refusal where there is one, without asking for the body', async () => {
    const { client } = await setUp()
    client.send(`${line}Content-Length: 5\r\nExpect: 100-continue\r\n\r\n`)
    await until(() => client.received.includes('credential_missing'), 'the gateway answered')
    expect(client.received).not.toContain('100 Continue')
    expect(client.received).toMatch(/^HTTP\/1\.1 401 /)
  })
})

describe('A connection is used again', () => {
  test('after errors whose request was read whole', async () => {
    const { client } = await setUp()
    client.send(`${line}Content-Length: 5\r\n\r\nhello`)
    await until(() => client.received.includes('credential_missing'), 'the first was refused')
    client.send(`GET /nowhere HTTP/1.1\r\nHost: gateway.test\r\n\r\n`)
    await until(() => client.received.includes('service_not_found'), 'the second was refused')
    client.send(`${line}${auth}Content-Length: 5\r\n\r\nhello`)
    await until(() => client.received.includes('200 OK'), 'the third was served')
    expect(count(client.received, 'HTTP/1.1 ')).toBe(3)
  })

  test('after an upstream that answers before it has read the body', async () => {
    const upstream = await startUpstream(
      (_request, response) => void response.writeHead(400).end('too early'),
    )
    const gateway = await startGateway(
      makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })] }),
    )
    closers.push(upstream.close, gateway.close)
    for (let round = 0; round < 5; round++) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const sent = httpRequest(
          {
            port: gateway.port,
            host: '127.0.0.1',
            method: 'POST',
            path: '/api/predict/demo/',
            headers: { authorization: testToken, 'content-length': 300_000 },
          },
          (response) => {
            response.resume()
            response.on('end', () => resolve(response.statusCode))
          },
        )
        sent.on('error', reject)
        sent.end(Buffer.alloc(300_000))
      })
      expect(status).toBe(400)
    }
  })
})
