import { createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startHttp2Upstream } from '@/lib/gateway/testing/start-http2-upstream.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** An instance that answers every request with these bytes. */
async function startSaying(answer: string): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', () => socket.write(answer, 'latin1'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

async function askOver2(answer: string) {
  const url = await startSaying(answer)
  const service = makeService({ instances: [makeInstance(url)] })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  closers.push(gateway.close)
  const session = await openHttp2(gateway.url)
  closers.push(() => session.destroy())
  return ask(session, { ':path': '/api/predict/demo/', authorization: testToken })
}

test('trailers of an instance that repeat what counts once reach a caller of HTTP/2 once', async () => {
  const answer = await askOver2(
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nETag: a\r\nETag: b\r\nX-A: 1\r\n\r\n',
  )
  expect(answer).toMatchObject({ body: 'hi', trailers: { etag: 'a', 'x-a': '1' }, resetCode: 0 })
})

test('early hints that repeat what counts once do not spoil the answer behind them', async () => {
  const answer = await askOver2(
    'HTTP/1.1 103 Early Hints\r\nETag: a\r\nETag: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi',
  )
  expect(answer).toMatchObject({ headers: { ':status': 200 }, body: 'hi', resetCode: 0 })
})

test.each([204, 205])('an answer %i that claims a length is whole over HTTP/2', async (status) => {
  const answer = await askOver2(`HTTP/1.1 ${status} None\r\nContent-Length: 2\r\n\r\nhi`)
  expect(answer).toMatchObject({ headers: { ':status': status }, body: '', resetCode: 0 })
})

test('trailers of a caller that repeat what counts once reach an instance of HTTP/2 once', async () => {
  let trailers: object | null = null
  const upstream = await startHttp2Upstream((stream) => {
    stream.on('trailers', (headers) => {
      trailers = { ...headers }
    })
    stream.on('end', () => {
      stream.respond({ ':status': 200 })
      stream.end('ok')
    })
    stream.resume()
  })
  const service = makeService({ upstreamHttp: '2', instances: [makeInstance(upstream.url)] })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  closers.push(upstream.close, gateway.close)
  const client = await RawClient.open(gateway.port)
  closers.push(() => client.close())
  const head = `POST /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\n`
  client.send(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n`)
  await until(() => gateway.engine.observer.openRequests === 1, 'the body is sent on as it comes')
  client.send('0\r\nETag: a\r\nETag: b\r\nX-A: 1\r\n\r\n')
  await until(() => client.received.endsWith('0\r\n\r\n'), 'the answer came')
  expect(trailers).toMatchObject({ etag: 'a', 'x-a': '1' })
})
