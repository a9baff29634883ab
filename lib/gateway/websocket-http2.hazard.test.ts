import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { answerOf, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function setUp(service: Partial<InferenceServiceSnapshot> = {}) {
  const server = createServer((_request, response) => void response.writeHead(404).end('no socket here'))
  const sockets = new WebSocketServer({ server, path: '/echo' })
  const urls: Array<string | undefined> = []
  sockets.on('connection', (socket, request) => {
    urls.push(request.url)
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const gateway = await startGateway(
    makeSnapshot({
      services: [makeService({ instances: [makeInstance(`http://127.0.0.1:${port}`)], ...service })],
    }),
  )
  const session = await openHttp2(gateway.url)
  closers.push(
    () => {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      server.closeAllConnections()
    },
    gateway.close,
    () => session.destroy(),
  )
  return { gateway, session, sockets, server, urls }
}

function connect(session: ClientHttp2Session, path = '/api/predict/demo/echo', authorization = testToken) {
  return session.request(
    {
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'http',
      ':authority': 'gateway.test',
      ':path': path,
      'sec-websocket-version': '13',
      authorization,
    },
    { endStream: false },
  )
}

/** The ws library's framing on a stream of HTTP/2. */
async function open(stream: ClientHttp2Stream): Promise<WebSocket> {
  const status = await new Promise((resolve) =>
    stream.once('response', (headers) => resolve(headers[':status'])),
  )
  expect(status).toBe(200)
  const socket: any = new (WebSocket as any)(null, undefined, { maxPayload: 0 })
  socket._isServer = false
  socket.setSocket(stream, Buffer.alloc(0), { maxPayload: 0, skipUTF8Validation: false })
  closers.push(() => socket.terminate())
  return socket
}

function next(socket: WebSocket): Promise<Buffer> {
  return new Promise((resolve) => socket.once('message', (data) => resolve(data as Buffer)))
}

test.each(['1.1', '2'] as const)(
  'messages pass over HTTP/2, whatever else the instances speak (%s)',
  async (upstreamHttp) => {
    const { gateway, session, urls } = await setUp({ upstreamHttp })
    const sockets = await Promise.all([
      open(connect(session, '/api/predict/demo/echo?n=1')),
      open(connect(session)),
    ])
    for (const socket of sockets) {
      socket.send('hello')
      expect((await next(socket)).toString()).toBe('hello')
      const large = Buffer.alloc(3_000_000, 7)
      socket.send(large)
      expect((await next(socket)).equals(large)).toBe(true)
    }
    expect(urls.sort()).toEqual(['/echo', '/echo?n=1'])
    expect(gateway.engine.observer.openRequests).toBe(2)
  },
)

test('is authorised like any other request, and told what the instance says', async () => {
  const { session, sockets } = await setUp()
  expect((await answerOf(connect(session, '/api/predict/demo/echo', 'wrong'))).headers[':status']).toBe(401)
  expect((await answerOf(connect(session, '/api/predict/none/echo'))).headers[':status']).toBe(404)
  const refused = await answerOf(connect(session, '/api/predict/demo/other'))
  expect(refused.headers[':status']).toBeGreaterThanOrEqual(400)
  expect(sockets.clients.size).toBe(0)
})

test("either side's close closes the other", async () => {
  const { gateway, session, sockets } = await setUp()
  const first = connect(session)
  await open(first)
  first.close(constants.NGHTTP2_CANCEL)
  await until(() => sockets.clients.size === 0, 'the instance saw the caller go')

  const second = await open(connect(session))
  let closedWith = 0
  second.on('close', (code) => {
    closedWith = code
  })
  for (const socket of sockets.clients) socket.close(4001, 'enough')
  await until(() => closedWith === 4001, 'the caller got the close frame')
  await until(() => gateway.engine.observer.openRequests === 0, 'nothing is left open')
})

test('a handshake that the instance answers wrongly is not passed on', async () => {
  const { session, server } = await setUp()
  server.removeAllListeners('upgrade')
  server.on('upgrade', (_request, socket) => {
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: wrong\r\n\r\n',
    )
  })
  const answer = await answerOf(connect(session))
  expect(answer.headers[':status']).toBe(502)
  expect(JSON.parse(answer.body).error.code).toBe('upstream_bad_answer')
})

test('a slow reader gets what the instance said last', async () => {
  const bytes = 3_000_000
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (head) => {
      const key = /sec-websocket-key: (\S+)/i.exec(head.toString('latin1'))?.[1] ?? ''
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      )
      socket.end(Buffer.alloc(bytes, 'x'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const service = makeService({ instances: [makeInstance(`http://127.0.0.1:${port}`)] })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  const session = await openHttp2(gateway.url)
  closers.push(
    () => void server.close(),
    gateway.close,
    () => session.destroy(),
  )
  const stream = connect(session)
  stream.on('data', () => {
    stream.pause()
    setImmediate(() => stream.resume())
  })
  expect((await answerOf(stream)).body).toHaveLength(bytes)
  await until(() => gateway.engine.observer.openRequests === 0, 'nothing is left open')
})
