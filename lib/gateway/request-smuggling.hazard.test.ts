import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

let upstream: Upstream
let gateway: TestGateway

beforeAll(async () => {
  upstream = await startUpstream((request, response) => {
    request.resume()
    request.on('end', () => response.end('fine'))
  })
  gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })] }),
  )
})

afterAll(async () => {
  await gateway.close()
  await upstream.close()
})

/** Sends the bytes and waits until the gateway has closed. */
async function answerTo(bytes: string): Promise<string> {
  const client = await RawClient.open(gateway.port)
  client.send(bytes)
  await until(() => client.isClosed, 'the gateway ended the connection')
  client.close()
  return client.received
}

const line = 'POST /api/predict/demo/ HTTP/1.1\r\n'
const common = `Host: gateway.test\r\nAuthorization: ${testToken}\r\n`
const chunked = 'Transfer-Encoding: chunked\r\n'

const refused: Record<string, string> = {
  'Content-Length before Transfer-Encoding': `${line}${common}Content-Length: 5\r\n${chunked}\r\n0\r\n\r\n`,
  'Transfer-Encoding before Content-Length': `${line}${common}${chunked}Content-Length: 5\r\n\r\n0\r\n\r\n`,
  'two equal Content-Lengths': `${line}${common}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello`,
  'two different Content-Lengths': `${line}${common}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
  'a list as Content-Length': `${line}${common}Content-Length: 5, 5\r\n\r\nhello`,
  'a plus sign in Content-Length': `${line}${common}Content-Length: +5\r\n\r\nhello`,
  'a minus sign in Content-Length': `${line}${common}Content-Length: -5\r\n\r\nhello`,
  'a hexadecimal Content-Length': `${line}${common}Content-Length: 0x5\r\n\r\nhello`,
  'an empty Content-Length': `${line}${common}Content-Length:\r\n\r\n`,
  'a space before the colon': `${line}${common}Content-Length : 5\r\n\r\nhello`,
  'obsolete folding': `${line}${common}X-A: b\r\n c\r\n\r\n`,
  'a folded Transfer-Encoding': `${line}${common}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`,
  'a bare LF after the request line': `POST /api/predict/demo/ HTTP/1.1\n${common}\r\n`,
  'a bare LF after a header': `${line}Host: gateway.test\nAuthorization: ${testToken}\r\n\r\n`,
  'a bare CR within a value': `${line}${common}X-A: b\rX-B: c\r\n\r\n`,
  'a NUL within a value': `${line}${common}X-A: b\0c\r\n\r\n`,
  'a coding besides chunked': `${line}${common}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  'an unknown coding': `${line}${common}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  'chunked twice': `${line}${common}${chunked}${chunked}\r\n0\r\n\r\n`,
  'Transfer-Encoding in HTTP/1.0': `POST /api/predict/demo/ HTTP/1.0\r\n${common}${chunked}\r\n0\r\n\r\n`,
  'two Hosts': `${line}${common}Host: other.test\r\n\r\n`,
  'no Host': `${line}Authorization: ${testToken}\r\n\r\n`,
  'a lower-case method': `post /api/predict/demo/ HTTP/1.1\r\n${common}\r\n`,
  'a header that starts with a space': `${line} X-A: b\r\n${common}\r\n`,
}

describe('The gateway refuses a request with', () => {
  for (const [shape, bytes] of Object.entries(refused)) {
    test(shape, async () => {
      const seenBefore = upstream.requests.length
      // A second request behind the first must not be answered: its start is not where both sides think.
      const answer = await answerTo(`${bytes}GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 400 /)
      expect(answer.toLowerCase()).toContain('x-switchyard-error-source: client')
      expect(answer.toLowerCase()).toMatch(/x-request-id: req_[0-9a-z]{26}/)
      expect(answer).toContain('"code":"malformed_request"')
      expect(upstream.requests.length).toBe(seenBefore)
    })
  }

  test.each([
    ['a chunk size in C notation', `${line}${common}${chunked}\r\n0x5\r\nhello\r\n0\r\n\r\n`],
    ['a chunk that is longer than it says', `${line}${common}${chunked}\r\n2\r\nhello\r\n0\r\n\r\n`],
    ['a bare LF behind a chunk size', `${line}${common}${chunked}\r\n5\nhello\r\n0\r\n\r\n`],
  ])('%s', async (_shape, bytes) => {
    const answer = await answerTo(bytes)
    expect(answer).not.toContain('fine')
  })

  test('a header section over 32 KiB: 431', async () => {
    const answer = await answerTo(`${line}${common}X-Long: ${'a'.repeat(33_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer).toContain('"code":"headers_too_large"')
  })

  test('many small headers over 32 KiB together: 431', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => `X-Header-${index}: ${'v'.repeat(20)}\r\n`).join(
      '',
    )
    expect(await answerTo(`${line}${common}${many}\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
  })

  test('a URL over 16 KiB: 414, whether the header limit is passed too or not', async () => {
    for (const length of [17_000, 60_000]) {
      const answer = await answerTo(
        `GET /api/predict/demo/${'a'.repeat(length)} HTTP/1.1\r\n${common}Connection: close\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 414 /)
      expect(answer).toContain('"code":"url_too_long"')
    }
  })

  test('CONNECT: 405', async () => {
    expect(await answerTo('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 405 /,
    )
  })

  test('another HTTP version: 505', async () => {
    expect(await answerTo(`GET /api/predict/demo/ HTTP/2.0\r\n${common}Connection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 505 /,
    )
  })
})

describe('The gateway accepts', () => {
  test('the absolute form, whose authority counts as Host', async () => {
    const answer = await answerTo(
      `GET http://demo.gateway.test/v1/x HTTP/1.1\r\nHost: ignored\r\nAuthorization: ${testToken}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toContain('200 OK')
    expect(upstream.requests.at(-1)?.url).toBe('/v1/x')
  })

  test('pipelined requests, answered in order', async () => {
    const one = `GET /api/predict/demo/1 HTTP/1.1\r\n${common}\r\n`
    const last = `GET /api/predict/demo/2 HTTP/1.1\r\n${common}Connection: close\r\n\r\n`
    expect((await answerTo(one + last)).match(/fine/g)).toHaveLength(2)
  })
})

test('survives random bytes, and answers nothing but refusals to them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
        fc.string({ maxLength: 200 }).map((text) => `GET /${text} HTTP/1.1\r\n${text}: ${text}\r\n\r\n`),
        fc.string({ maxLength: 100 }).map((text) => `${line}${common}${chunked}\r\n${text}\r\n\r\n`),
      ),
      async (bytes) => {
        const client = await RawClient.open(gateway.port)
        client.send(bytes)
        client.socket.end()
        await until(() => client.isClosed, 'the connection ended')
        client.close()
        expect(client.received).not.toMatch(/^HTTP\/1\.1 500/)
      },
    ),
    { numRuns: 150 },
  )
  const answer = await answerTo(`GET /api/predict/demo/ HTTP/1.1\r\n${common}Connection: close\r\n\r\n`)
  expect(answer).toContain('200 OK')
}, 30_000)
