import type { RequestListener, ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void>> = []
const head = (method: string, rest = '') =>
  `${method} /api/predict/demo/v1/chat/completions HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: Bearer ${testToken}\r\n${rest}\r\n`

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function setUp(handler: RequestListener, limits: Partial<GatewayLimits> = {}) {
  const upstream = await startUpstream(handler)
  const gateway = await gatewayTo(upstream.url, limits)
  closers.splice(-1, 0, upstream.close)
  return { upstream, gateway }
}

async function gatewayTo(url: string, limits: Partial<GatewayLimits> = {}): Promise<TestGateway> {
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(url)] })], limits }),
  )
  closers.push(gateway.close)
  return gateway
}

async function open(gateway: TestGateway): Promise<RawClient> {
  const client = await RawClient.open(gateway.port)
  closers.push(async () => client.close())
  return client
}

function statusCounts(gateway: TestGateway): Record<string, number> {
  return Object.fromEntries(gateway.engine.observer.meters.get('demo')?.byStatus ?? [])
}

describe('A stream', () => {
  test('arrives chunk by chunk: each before the next one is sent', async () => {
    let stream: ServerResponse | undefined
    const { gateway } = await setUp((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      stream = response
    })
    const client = await open(gateway)
    client.send(`${head('POST', 'Content-Length: 2\r\n')}{}`)
    await until(() => client.received.includes('text/event-stream'), 'headers came alone')
    for (const number of [1, 2, 3]) {
      stream?.write(`data: ${number}\n\n`)
      await until(() => client.received.includes(`data: ${number}\n\n`), `chunk ${number} came`)
    }
  })

  test('goes both ways at once', async () => {
    const { gateway } = await setUp((request, response) => {
      request.on('data', (chunk: Buffer) => response.write(`echo ${chunk}`))
    })
    const client = await open(gateway)
    client.send(head('POST', 'Transfer-Encoding: chunked\r\n'))
    for (const word of ['one', 'two', 'three']) {
      client.send(`${word.length.toString(16)}\r\n${word}\r\n`)
      await until(() => client.received.includes(`echo ${word}`), `${word} came back`)
    }
  })

  test('is cancelled at the upstream when the caller leaves, and counts as 499', async () => {
    let isCancelled = false
    const { gateway } = await setUp((_request, response) => {
      response.on('close', () => {
        isCancelled = true
      })
      response.write('begun')
    })
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => client.received.includes('begun'), 'the stream began')
    client.close()
    await until(() => isCancelled, 'the upstream was cancelled')
    await until(() => statusCounts(gateway)['499'] === 1, '499 was counted')
    expect(gateway.engine.observer.openRequests).toBe(0)
  })

  test('is cancelled while the upstream has not answered yet', async () => {
    let isCancelled = false
    const { gateway, upstream } = await setUp((request) => {
      request.on('close', () => {
        isCancelled = true
      })
    })
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => upstream.requests.length === 1, 'the upstream has the request')
    client.close()
    await until(() => isCancelled, 'the upstream was cancelled')
  })

  test('breaks the connection when the upstream dies within it: half an answer never looks whole', async () => {
    const { gateway } = await setUp((_request, response) => {
      response.write('half')
      setImmediate(() => response.destroy())
    })
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => client.isClosed, 'the connection was broken')
    expect(client.received).not.toContain('0\r\n\r\n')
    expect(statusCounts(gateway)['502']).toBe(1)
  })

  test('breaks when the upstream falls silent for longer than allowed', async () => {
    const { gateway } = await setUp((_request, response) => void response.write('begun'), {
      upstreamIdleMs: 100,
    })
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => client.isClosed, 'the connection was broken')
  })

  test('outlives the request timeout once it has begun', async () => {
    let stream: ServerResponse | undefined
    const { gateway } = await setUp(
      (_request, response) => {
        response.write('begun ')
        stream = response
      },
      { requestMs: 1_000 },
    )
    const client = await open(gateway)
    client.send(head('GET', 'Connection: close\r\n'))
    await until(() => client.received.includes('begun'), 'the stream began')
    const begunAt = performance.now()
    await until(() => performance.now() - begunAt > 1_200, 'the timeout passed')
    stream?.end('ended')
    await until(() => client.received.includes('ended'), 'the stream ended in order')
  })

  test('carries trailers', async () => {
    const { gateway } = await setUp((_request, response) => {
      response.writeHead(200, { trailer: 'x-sum' })
      response.write('body')
      response.addTrailers({ 'x-sum': '42' })
      response.end()
    })
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => client.received.endsWith('0\r\nx-sum: 42\r\n\r\n'), 'the trailer came')
  })
})

describe('A slow reader', () => {
  test('slows the upstream instead of filling memory', async () => {
    const chunk = Buffer.alloc(65_536, 97)
    let sentBytes = 0
    const { gateway } = await setUp((_request, response) => {
      const pump = () => {
        while (sentBytes < 200 * 1024 * 1024) {
          sentBytes += chunk.length
          if (!response.write(chunk)) {
            response.once('drain', pump)
            return
          }
        }
      }
      pump()
    })
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => client.received.length > 0, 'the stream began')
    client.socket.pause()
    let before = -1
    await until(() => {
      const isStill = sentBytes === before
      before = sentBytes
      return isStill && sentBytes > 0
    }, 'the upstream was held')
    // Kernel buffers on four sockets hold a few MiB each; 200 MiB would mean that nothing pushed back.
    expect(sentBytes).toBeLessThan(40 * 1024 * 1024)
    client.socket.resume()
    await until(() => sentBytes > before, 'the upstream went on')
  })

  test('that never reads again is let go', async () => {
    const { gateway } = await setUp(
      (_request, response) => {
        const pump = () => {
          while (response.write(Buffer.alloc(65_536)));
          response.once('drain', pump)
        }
        pump()
      },
      { clientIdleMs: 150 },
    )
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => client.received.length > 0, 'the stream began')
    client.socket.pause()
    await until(() => statusCounts(gateway)['499'] === 1, 'the reader was let go')
  })
})

describe('A slow sender', () => {
  test('of headers gets 408', async () => {
    const { gateway } = await setUp((_request, response) => void response.end(), { clientHeadersMs: 100 })
    const client = await open(gateway)
    client.send('GET /api/predict/demo/ HTTP/1.1\r\nHost: gate')
    await until(() => client.received.length > 0, 'the gateway answered')
    expect(client.received).toMatch(/^HTTP\/1\.1 408 /)
    expect(client.received).toContain('"code":"request_timed_out"')
  })

  test('of a body gets 408', async () => {
    const { gateway } = await setUp(
      (request, response) => {
        request.resume()
        request.on('end', () => response.end())
      },
      { clientIdleMs: 100 },
    )
    const client = await open(gateway)
    client.send(`${head('POST', 'Content-Length: 100\r\n')}half`)
    await until(() => client.received.length > 0, 'the gateway answered')
    expect(client.received).toMatch(/^HTTP\/1\.1 408 /)
    await until(() => client.isClosed, 'the connection was closed')
  })

  test('that idles between requests is let go', async () => {
    const { gateway } = await setUp((_request, response) => void response.end('ok'), { clientIdleMs: 100 })
    const client = await open(gateway)
    client.send(head('GET'))
    await until(() => client.isClosed, 'the connection was closed')
    expect(client.received).toContain('200 OK')
  })
})

test('an answer that HTTP/1.1 cannot carry gets its caller a 502', async () => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.resume()
    socket.end('HTTP/1.1 200 O\x01K\r\nContent-Length: 0\r\n\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as { port: number }
  const client = await open(await gatewayTo(`http://127.0.0.1:${port}`))
  client.send(head('GET'))
  await until(() => client.received.length > 0, 'the gateway answered')
  expect(client.received).toMatch(/^HTTP\/1\.1 502 /)
})

test('an upstream that does not speak HTTP gets its caller a 502', async () => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.resume()
    socket.end('SSH-2.0-OpenSSH_9.9\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as { port: number }
  const client = await open(await gatewayTo(`http://127.0.0.1:${port}`))
  client.send(`${head('POST', 'Content-Length: 2\r\n')}{}`)
  await until(() => client.received.length > 0, 'the gateway answered')
  expect(client.received).toMatch(/^HTTP\/1\.1 502 /)
  expect(client.received).not.toContain('SSH')
})
