import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { ClientHttp2Stream } from 'node:http2'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startHttp2Upstream } from '@/lib/gateway/testing/start-http2-upstream.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewayLimits, InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

type Http = '1.1' | '2'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const path = '/api/predict/demo/v1/x'

/** What an instance of either version does with a request. */
interface Answering {
  begin(headers: Record<string, string>): void
  write(bytes: Buffer | string): void
  end(): void
}

async function startInstance(http: Http, handle: (answer: Answering) => void): Promise<string> {
  if (http === '1.1') {
    const upstream = await startUpstream((_request, response) => {
      handle({
        begin: (headers) => void response.writeHead(200, headers).flushHeaders(),
        write: (bytes) => void response.write(bytes),
        end: () => void response.end(),
      })
    })
    closers.push(upstream.close)
    return upstream.url
  }
  const upstream = await startHttp2Upstream((stream) => {
    stream.resume()
    handle({
      begin: (headers) => stream.respond({ ':status': 200, ...headers }),
      write: (bytes) => void stream.write(bytes),
      end: () => void stream.end(),
    })
  })
  closers.push(upstream.close)
  return upstream.url
}

interface Options {
  readonly limits?: Partial<GatewayLimits>
  readonly service?: Partial<InferenceServiceSnapshot>
}

async function gatewayTo(
  url: string,
  http: Http,
  { limits = {}, service = {} }: Options,
): Promise<TestGateway> {
  const gateway = await startGateway(
    makeSnapshot({
      services: [makeService({ upstreamHttp: http, instances: [makeInstance(url)], ...service })],
      limits,
    }),
  )
  closers.push(gateway.close)
  return gateway
}

/** A request of either version whose body, if any, stays unfinished. */
interface Asking {
  status: number
  body: string
  source: string
  isWhole: boolean
  isOver: boolean
  send(text: string): void
  stopReading(): void
}

async function ask(gateway: TestGateway, http: Http, bytesDeclared: number | null = null): Promise<Asking> {
  const asking: Asking = {
    status: 0,
    body: '',
    source: '',
    isWhole: false,
    isOver: false,
    send: () => {},
    stopReading: () => {},
  }
  const headers = {
    authorization: testToken,
    ...(bytesDeclared !== null && { 'content-length': String(bytesDeclared) }),
  }
  if (http === '1.1') askHttp1(gateway, asking, headers)
  else await askHttp2(gateway, asking, headers)
  return asking
}

function askHttp1(gateway: TestGateway, asking: Asking, headers: Record<string, string>): void {
  const method = 'content-length' in headers ? 'POST' : 'GET'
  const sent: ClientRequest = request(gateway.url + path, { method, headers, agent: false })
  closers.push(() => void sent.destroy())
  const over = () => {
    asking.isOver = true
  }
  sent.on('error', over)
  sent.on('close', over)
  sent.on('response', (answer: IncomingMessage) => {
    asking.status = answer.statusCode ?? 0
    asking.source = String(answer.headers['x-switchyard-error-source'] ?? '')
    asking.stopReading = () => answer.pause()
    answer.on('error', over)
    answer.on('data', (chunk) => {
      asking.body += chunk
    })
    answer.on('end', () => {
      asking.isWhole = answer.complete
      over()
    })
  })
  asking.send = (text) => void sent.write(text)
  if (method === 'GET') sent.end()
  else sent.flushHeaders()
}

async function askHttp2(
  gateway: TestGateway,
  asking: Asking,
  headers: Record<string, string>,
): Promise<void> {
  const session = await openHttp2(gateway.url)
  closers.push(() => session.destroy())
  const hasBody = 'content-length' in headers
  const stream: ClientHttp2Stream = session.request(
    { ':method': hasBody ? 'POST' : 'GET', ':path': path, ...headers },
    { endStream: !hasBody },
  )
  stream.on('response', (received) => {
    asking.status = received[':status'] ?? 0
    asking.source = String(received['x-switchyard-error-source'] ?? '')
  })
  stream.on('data', (chunk) => {
    asking.body += chunk
  })
  stream.on('end', () => {
    asking.isWhole = stream.rstCode === 0 && !stream.aborted
  })
  stream.on('error', () => {})
  stream.on('close', () => {
    asking.isOver = true
  })
  asking.send = (text) => void stream.write(text)
  asking.stopReading = () => stream.pause()
}

async function errorOf(asking: Asking): Promise<unknown[]> {
  await until(() => asking.isOver, 'the answer came')
  return [asking.status, JSON.parse(asking.body).error.code, asking.source]
}

function statusCounts(gateway: TestGateway): Record<string, number> {
  return Object.fromEntries(gateway.engine.observer.meters.get('demo')?.byStatus ?? [])
}

const versions = [
  ['1.1', '1.1'],
  ['1.1', '2'],
  ['2', '1.1'],
  ['2', '2'],
] as const

describe.each(versions)('With a caller of HTTP/%s and an instance of HTTP/%s', (callerHttp, instanceHttp) => {
  test('a dial that leads nowhere is 504, and the instance is to blame', async () => {
    // Takes the connection and never says a word, neither of TLS nor of HTTP/2.
    const silent = createServer((socket) => {
      socket.on('error', () => {})
      closers.push(() => void socket.destroy())
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    closers.push(() => void silent.close())
    const { port } = silent.address() as { port: number }
    const scheme = instanceHttp === '2' ? 'http' : 'https'
    const gateway = await gatewayTo(`${scheme}://127.0.0.1:${port}`, instanceHttp, {
      limits: { upstreamConnectMs: 200 },
    })
    expect(await errorOf(await ask(gateway, callerHttp))).toEqual([504, 'upstream_timed_out', 'upstream'])
  })

  test('an instance that does not answer in time is 504', async () => {
    const url = await startInstance(instanceHttp, () => {})
    const gateway = await gatewayTo(url, instanceHttp, { service: { requestTimeoutMs: 150 } })
    expect(await errorOf(await ask(gateway, callerHttp))).toEqual([504, 'upstream_timed_out', 'upstream'])
  })

  test('a body that stops arriving is 408, and the caller is to blame', async () => {
    const url = await startInstance(instanceHttp, () => {})
    const gateway = await gatewayTo(url, instanceHttp, { limits: { clientIdleMs: 150 } })
    const asking = await ask(gateway, callerHttp, 1_000)
    asking.send('some')
    expect(await errorOf(asking)).toEqual([408, 'request_timed_out', 'client'])
  })

  test('a body that trickles past the whole time is 408, not 504', async () => {
    const url = await startInstance(instanceHttp, () => {})
    const gateway = await gatewayTo(url, instanceHttp, { limits: { requestMs: 250 } })
    const asking = await ask(gateway, callerHttp, 100_000)
    const trickle = setInterval(() => {
      if (!asking.isOver) asking.send('x')
    }, 20)
    closers.push(() => clearInterval(trickle))
    expect(await errorOf(asking)).toEqual([408, 'request_timed_out', 'client'])
  })

  test('an answer that falls silent breaks off', async () => {
    const url = await startInstance(instanceHttp, (answer) => {
      answer.begin({ 'content-type': 'text/event-stream' })
      answer.write('begun')
    })
    const gateway = await gatewayTo(url, instanceHttp, { limits: { upstreamIdleMs: 200 } })
    const asking = await ask(gateway, callerHttp)
    await until(() => asking.isOver, 'it broke off')
    expect(asking).toMatchObject({ status: 200, body: 'begun', isWhole: false })
    await until(() => statusCounts(gateway)['502'] === 1, 'it counts as failed')
  })

  test('an answer of known length that outlasts the whole time breaks off', async () => {
    const url = await startInstance(instanceHttp, (answer) => {
      answer.begin({ 'content-length': '1000' })
      const trickle = setInterval(() => answer.write('x'), 20)
      closers.push(() => clearInterval(trickle))
    })
    const gateway = await gatewayTo(url, instanceHttp, { service: { requestTimeoutMs: 250 } })
    const asking = await ask(gateway, callerHttp)
    await until(() => asking.isOver, 'it broke off')
    expect(asking).toMatchObject({ status: 200, isWhole: false })
  })

  test('a stream may outlast the whole time', async () => {
    const url = await startInstance(instanceHttp, (answer) => {
      answer.begin({ 'content-type': 'text/event-stream' })
      let count = 0
      const beat = setInterval(() => {
        count += 1
        answer.write('x')
        if (count < 20) return
        clearInterval(beat)
        answer.end()
      }, 20)
      closers.push(() => clearInterval(beat))
    })
    const gateway = await gatewayTo(url, instanceHttp, { service: { requestTimeoutMs: 150 } })
    const asking = await ask(gateway, callerHttp)
    await until(() => asking.isOver, 'it ended')
    expect(asking).toMatchObject({ status: 200, body: 'x'.repeat(20), isWhole: true })
  })

  test('a caller that stops reading loses its answer, and the instance is let go', async () => {
    const url = await startInstance(instanceHttp, (answer) => {
      answer.begin({ 'content-type': 'application/octet-stream' })
      answer.write(Buffer.alloc(16_000_000))
    })
    const gateway = await gatewayTo(url, instanceHttp, { limits: { clientIdleMs: 200 } })
    const asking = await ask(gateway, callerHttp)
    await until(() => asking.status === 200, 'the answer has begun')
    asking.stopReading()
    await until(() => gateway.engine.observer.openRequests === 0, 'the gateway let go')
    expect(statusCounts(gateway)).toEqual({ 499: 1 })
  })
})

describe('A connection', () => {
  test('that begins a header section and does not end it is closed', async () => {
    const url = await startInstance('1.1', () => {})
    const gateway = await gatewayTo(url, '1.1', { limits: { clientHeadersMs: 200 } })
    const client = await RawClient.open(gateway.port)
    closers.push(() => client.close())
    client.send('GET / HTTP/1.1\r\nHost: gate')
    await until(() => client.isClosed, 'it was closed')
    expect(client.received).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('that promises HTTP/2 and says nothing more is closed', async () => {
    const url = await startInstance('1.1', () => {})
    const gateway = await gatewayTo(url, '1.1', { limits: { clientHeadersMs: 200 } })
    const client = await RawClient.open(gateway.port)
    closers.push(() => client.close())
    client.send('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    await until(() => client.isClosed, 'it was closed')
  })
})
