import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function setUp() {
  const server: Server = createServer(
    (_request, response) => void response.writeHead(404).end('no socket here'),
  )
  const sockets = new WebSocketServer({ server, path: '/echo' })
  const urls: Array<string | undefined> = []
  const authorizations: Array<string | undefined> = []
  sockets.on('connection', (socket, request) => {
    urls.push(request.url)
    authorizations.push(request.headers.authorization)
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(`http://127.0.0.1:${port}`)] })] }),
  )
  closers.push(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.close()
    server.closeAllConnections()
  }, gateway.close)
  return { gateway, sockets, urls, authorizations }
}

async function connect(port: number, path: string, headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  closers.push(() => socket.terminate())
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

function next(socket: WebSocket): Promise<Buffer> {
  return new Promise((resolve) => socket.once('message', (data) => resolve(data as Buffer)))
}

test('messages pass in path form and in host form, text and binary, large ones too', async () => {
  const { gateway, urls, authorizations } = await setUp()
  const byPath = await connect(gateway.port, '/api/predict/demo/echo?clientId=1', {
    authorization: testToken,
  })
  const byHost = await connect(gateway.port, '/echo', {
    host: 'demo.gateway.test',
    authorization: `Bearer ${testToken}`,
  })
  for (const socket of [byPath, byHost]) {
    socket.send('hello')
    expect((await next(socket)).toString()).toBe('hello')
    const large = Buffer.alloc(3_000_000, 7)
    socket.send(large)
    expect((await next(socket)).equals(large)).toBe(true)
  }
  expect(urls).toEqual(['/echo?clientId=1', '/echo'])
  expect(authorizations).toEqual([undefined, undefined])
})

test('is authorised like any other request', async () => {
  const { gateway, sockets } = await setUp()
  await expect(connect(gateway.port, '/api/predict/demo/echo', {})).rejects.toThrow('401')
  await expect(connect(gateway.port, '/api/predict/none/echo', { authorization: testToken })).rejects.toThrow(
    '404',
  )
  expect(sockets.clients.size).toBe(0)
})

test("an instance's refusal reaches the caller", async () => {
  const { gateway } = await setUp()
  const client = await RawClient.open(gateway.port)
  closers.push(() => client.close())
  client.send(
    `GET /api/predict/demo/other HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: ${testToken}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  await until(() => client.isClosed, 'the connection ended')
  expect(client.received).toMatch(/^HTTP\/1\.1 (400|404) /)
  expect(client.received.toLowerCase()).toContain('x-request-id: req_')
})

test("either side's close closes the other", async () => {
  const { gateway, sockets } = await setUp()
  const first = await connect(gateway.port, '/api/predict/demo/echo', { authorization: testToken })
  first.terminate()
  await until(() => sockets.clients.size === 0, 'the instance saw the caller go')

  const second = await connect(gateway.port, '/api/predict/demo/echo', { authorization: testToken })
  let closedWith = 0
  second.on('close', (code) => {
    closedWith = code
  })
  for (const socket of sockets.clients) socket.close(4001, 'enough')
  await until(() => closedWith === 4001, 'the caller got the close frame')
  await until(() => gateway.engine.observer.openRequests === 0, 'nothing is left open')
})

test('an upgrade to a protocol that is not spoken here is served as a plain request', async () => {
  const { gateway } = await setUp()
  const client = await RawClient.open(gateway.port)
  closers.push(() => client.close())
  client.send(
    `POST /api/predict/demo/x HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: ${testToken}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: 2\r\n\r\n{}`,
  )
  await until(() => client.received.includes('no socket here'), 'the instance answered')
  expect(client.received).toMatch(/^HTTP\/1\.1 404 /)
})
