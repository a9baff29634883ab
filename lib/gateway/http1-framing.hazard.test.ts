import type { RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { readBody, startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const head = (method: string, path: string, rest = '', version = '1.1') =>
  `${method} /api/predict/demo${path} HTTP/${version}\r\nHost: gateway.test\r\nAuthorization: ${testToken}\r\n${rest}\r\n`

async function setUp(handler: RequestListener) {
  const upstream = await startUpstream(handler)
  const { gateway, client } = await clientOf(upstream.url)
  closers.splice(-2, 0, upstream.close)
  return { upstream, gateway, client }
}

async function clientOf(url: string): Promise<{ gateway: TestGateway; client: RawClient }> {
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(url)] })] }),
  )
  const client = await RawClient.open(gateway.port)
  closers.push(gateway.close, () => client.close())
  return { gateway, client }
}

/** An instance that answers every connection with these bytes and ends it. */
async function instanceThatSays(bytes: string): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(bytes, 'latin1'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as { port: number }
  return `http://127.0.0.1:${port}`
}

const count = (text: string, part: string) => text.split(part).length - 1

describe('Pipelined requests', () => {
  test('are answered in order, one at a time, however slowly the first one is', async () => {
    const releases: Array<() => void> = []
    const { client, upstream } = await setUp((request, response) => {
      releases.push(() => response.end(`answer to ${request.url}`))
    })
    client.send(head('GET', '/1') + head('GET', '/2') + head('GET', '/3'))
    for (const number of [1, 2, 3]) {
      await until(() => releases.length === number, `request ${number} arrived`)
      expect(upstream.requests).toHaveLength(number)
      releases[number - 1]?.()
    }
    await until(() => client.received.includes('answer to /3'), 'the last answer came')
    expect(client.received.match(/answer to \/\d/g)).toEqual(['answer to /1', 'answer to /2', 'answer to /3'])
  })

  test('with bodies of both framings keep their places', async () => {
    const { client } = await setUp(async (request, response) => response.end(`<${await readBody(request)}>`))
    client.send(
      `${head('POST', '/', 'Content-Length: 3\r\n')}one${head('POST', '/', 'Transfer-Encoding: chunked\r\n')}3\r\ntwo\r\n0\r\n\r\n\r\n${head('POST', '/', 'Content-Length: 5\r\n')}three`,
    )
    await until(() => client.received.includes('<three>'), 'the last answer came')
    expect(client.received.match(/<\w+>/g)).toEqual(['<one>', '<two>', '<three>'])
  })

  test('a thousand that are refused at once do not nest', async () => {
    const { client } = await setUp((_request, response) => void response.end())
    client.send('GET /nowhere HTTP/1.1\r\nHost: gateway.test\r\n\r\n'.repeat(1_000))
    await until(() => count(client.received, 'HTTP/1.1 404') === 1_000, 'all were refused')
  })

  test('behind one that closes the connection are not served', async () => {
    const { client, upstream } = await setUp((_request, response) => void response.end('only'))
    client.send(head('GET', '/1', 'Connection: close\r\n') + head('GET', '/2'))
    await until(() => client.isClosed, 'the gateway closed')
    expect(upstream.requests.map(({ url }) => url)).toEqual(['/1'])
    expect(count(client.received, 'HTTP/1.1')).toBe(1)
  })
})

describe('Bodiless answers', () => {
  test('HEAD is followed by the next answer, whatever length it states', async () => {
    const { client } = await setUp((request, response) => {
      response.writeHead(200, { 'content-length': 5 })
      response.end(request.method === 'HEAD' ? undefined : 'after')
    })
    client.send(head('HEAD', '/') + head('GET', '/'))
    await until(() => client.received.endsWith('\r\n\r\nafter'), 'both answers came')
    expect(count(client.received, 'content-length: 5')).toBe(2)
  })

  test.each([204, 304])('%i has no body and keeps the connection', async (status) => {
    const { client } = await setUp((request, response) => {
      if (request.url === '/none') response.writeHead(status).end()
      else response.end('after')
    })
    client.send(head('GET', '/none') + head('GET', '/'))
    await until(() => client.received.includes('after'), 'the next answer came')
    expect(client.received.slice(0, client.received.indexOf('\r\n\r\n'))).not.toMatch(/transfer-encoding/i)
  })
})

describe('Passes as sent', () => {
  test('OPTIONS', async () => {
    const { client, upstream } = await setUp((_request, response) => {
      response.writeHead(204, { allow: 'GET, POST' }).end()
    })
    client.send(head('OPTIONS', '/'))
    await until(() => client.received.includes('allow: GET, POST'), 'the answer came')
    expect(upstream.requests[0]?.method).toBe('OPTIONS')
  })

  test('a range and its part', async () => {
    const { client, upstream } = await setUp((_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 2-4/10', 'content-length': 3 }).end('cde')
    })
    client.send(head('GET', '/', 'Range: bytes=2-4\r\nIf-Range: "x"\r\n'))
    await until(() => client.received.endsWith('cde'), 'the part came')
    expect(client.received).toMatch(/^HTTP\/1\.1 206 /)
    expect(client.received).toContain('content-range: bytes 2-4/10')
    expect(upstream.requests[0]?.headers).toMatchObject({ range: 'bytes=2-4', 'if-range': '"x"' })
  })

  test('a multipart body in chunks, with trailers behind it', async () => {
    const parts = '--b\r\nContent-Disposition: form-data; name="f"\r\n\r\n\0\x01\xff\r\n--b--\r\n'
    let got = ''
    const { client, upstream } = await setUp((request, response) => {
      request.setEncoding('latin1')
      request.on('data', (text: string) => {
        got += text
      })
      request.on('end', () => response.end('done'))
    })
    client.send(
      `${head('POST', '/', 'Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n')}${parts.length.toString(16)};name=v\r\n`,
    )
    client.send(`${parts}\r\n0\r\nX-Sum: 42\r\n\r\n`)
    await until(() => client.received.includes('done'), 'the answer came')
    expect(got).toBe(parts)
    expect(upstream.requests[0]?.headers['content-type']).toBe('multipart/form-data; boundary=b')
    client.send(head('GET', '/again'))
    await until(() => upstream.requests.length === 2, 'the connection goes on behind the trailers')
  })

  test('early hints, before the answer', async () => {
    const { client } = await setUp((_request, response) => {
      response.writeEarlyHints({ link: '</x.css>; rel=preload' }, () => response.end('final'))
    })
    client.send(head('GET', '/'))
    await until(() => client.received.includes('final'), 'the answer came')
    expect(client.received).toMatch(/^HTTP\/1\.1 103 Early Hints\r\nlink: <\/x\.css>; rel=preload\r\n/i)
    expect(client.received).toMatch(/\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  })
})

describe('A caller that speaks HTTP/1.0', () => {
  test('gets an answer of unknown length up to the end of the connection', async () => {
    const { client } = await setUp((_request, response) => {
      response.write('one ')
      response.end('two')
    })
    client.send(head('GET', '/', '', '1.0'))
    await until(() => client.isClosed, 'the connection ended')
    expect(client.received).toMatch(/\r\n\r\none two$/)
    expect(client.received).toContain('connection: close')
    expect(client.received).not.toMatch(/transfer-encoding/i)
  })

  test('keeps the connection where it asks to and the length is known', async () => {
    const { client } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-length': 2 }).end('ok')
    })
    client.send(head('GET', '/', 'Connection: keep-alive\r\n', '1.0'))
    await until(() => client.received.endsWith('ok'), 'the first answer came')
    expect(client.received).toContain('connection: keep-alive')
    client.send(head('GET', '/', '', '1.0'))
    await until(() => count(client.received, 'HTTP/1.1 200') === 2, 'the second answer came')
    await until(() => client.isClosed, 'the gateway closed')
  })

  test('is told by a reset when the answer breaks off, since its end means nothing else', async () => {
    const { client } = await setUp((_request, response) => {
      response.write('half')
      setImmediate(() => response.destroy())
    })
    let code: string | undefined
    client.socket.on('error', (error: Error & { code?: string }) => {
      code = error.code
    })
    client.send(head('GET', '/', '', '1.0'))
    await until(() => client.isClosed, 'the connection broke')
    expect(code).toBe('ECONNRESET')
  })
})

describe('Nobody injects headers', () => {
  test('callers: a line break in disguise is refused or stays one value', async () => {
    const { client, upstream } = await setUp((_request, response) => void response.end('ok'))
    client.send(head('GET', '/%0d%0aX-Injected:%20yes', 'X-Value: a%0d%0ab\r\nX-Latin: \xe4\x85\r\n'))
    await until(() => client.received.includes('200 OK'), 'the answer came')
    expect(upstream.requests[0]?.headers['x-injected']).toBeUndefined()
    expect(upstream.requests[0]?.headers['x-latin']).toBe('\xe4\x85')
    client.send(head('GET', '/', 'X-A: b\rX-Injected: yes\r\n'))
    await until(() => client.received.includes('malformed_request'), 'it was refused')
    expect(upstream.requests).toHaveLength(1)
  })

  test.each([
    ['a NUL in a value', 'HTTP/1.1 200 OK\r\nX-A: b\0c\r\nContent-Length: 0\r\n\r\n'],
    ['a bare CR in a value', 'HTTP/1.1 200 OK\r\nX-A: b\rX-Injected: yes\r\nContent-Length: 0\r\n\r\n'],
    ['a name that is no token', 'HTTP/1.1 200 OK\r\nX A: b\r\nContent-Length: 0\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nhello'],
  ])('instances: %s gets the caller a 502', async (_what, bytes) => {
    const { client } = await clientOf(await instanceThatSays(bytes))
    client.send(head('GET', '/'))
    await until(() => client.received.length > 0, 'the gateway answered')
    expect(client.received).toMatch(/^HTTP\/1\.1 502 /)
    expect(client.received).not.toContain('X-Injected')
  })
})

describe('An answer', () => {
  test('whose body is shorter than its length never looks whole', async () => {
    const url = await instanceThatSays('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')
    const { client } = await clientOf(url)
    client.send(head('GET', '/') + head('GET', '/2'))
    await until(() => client.isClosed, 'the connection was broken')
    expect(count(client.received, 'HTTP/1.1')).toBeLessThanOrEqual(1)
  })

  test('has a Date, also where the instance sends none', async () => {
    const url = await instanceThatSays('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    const { client } = await clientOf(url)
    client.send(head('GET', '/'))
    await until(() => client.received.endsWith('ok'), 'the answer came')
    expect(client.received).toMatch(/\r\ndate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/)
  })

  test('of one tick is one write: head, chunks and end in one packet', async () => {
    const { client } = await setUp((_request, response) => void response.end('small'))
    const packets: string[] = []
    client.socket.on('data', (text: string) => void packets.push(text))
    client.send(head('GET', '/'))
    await until(() => client.received.endsWith('small'), 'the answer came')
    expect(packets).toHaveLength(1)
  })
})
