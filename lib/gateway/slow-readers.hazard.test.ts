import { connect } from 'node:http2'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { answerOf } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

test('a short answer that nobody reads does not keep its stream', async () => {
  const upstream = await startUpstream((_request, response) => response.end('unread'))
  const service = makeService({ instances: [makeInstance(upstream.url)] })
  const gateway = await startGateway(makeSnapshot({ services: [service], limits: { clientIdleMs: 300 } }))
  closers.push(upstream.close, gateway.close)
  const session = connect(gateway.url, { settings: { initialWindowSize: 0 } })
  session.on('error', () => {})
  closers.push(() => session.destroy())
  const stream = session.request({ ':path': '/api/predict/demo/', authorization: testToken })
  const answer = await answerOf(stream)
  expect(answer).toMatchObject({ headers: { ':status': 200 }, body: '' })
  expect(answer.resetCode).not.toBe(0)
  await until(() => gateway.connections() === 0, 'the idle connection was closed')
})

test('a slow reader of a tunnel gets what its instance said last', async () => {
  const bytes = 12_000_000
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      socket.end(Buffer.alloc(bytes, 'x'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const service = makeService({ instances: [makeInstance(url)] })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  closers.push(() => void server.close(), gateway.close)
  const client = await RawClient.open(gateway.port)
  closers.push(() => client.close())
  client.socket.on('data', () => {
    client.socket.pause()
    setImmediate(() => client.socket.resume())
  })
  client.send(
    `GET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
  )
  await until(() => client.isClosed, 'the tunnel ended')
  expect(client.received.length - client.received.indexOf('\r\n\r\n') - 4).toBe(bytes)
  await until(() => gateway.engine.observer.openRequests === 0, 'nothing is left open')
})
