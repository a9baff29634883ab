import { afterEach, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Answers, streams, stalls, breaks off within the headers or the body: a different way each time. */
async function moodyUpstream(): Promise<Upstream> {
  let count = 0
  const upstream = await startUpstream((request, response) => {
    request.on('error', () => {})
    request.resume()
    switch (count++ % 6) {
      case 0:
        response.end('fine')
        break
      case 1:
        response.write('begun')
        setImmediate(() => response.end('ended'))
        break
      case 2:
        response.write('begun')
        setImmediate(() => response.destroy())
        break
      case 3:
        request.socket.destroy()
        break
      case 4:
        response.write(Buffer.alloc(500_000))
        response.end()
        break
      default:
        setTimeout(() => response.end('late'), 30)
    }
  })
  closers.push(upstream.close)
  return upstream
}

const requests = [
  `GET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\n\r\n`,
  `POST /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\nContent-Length: 5\r\n\r\nhello`,
  `POST /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\nContent-Length: 900000\r\n\r\npart`,
  `POST /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
  `POST /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n`,
  `GET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\n\r\nGET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\n\r\n`,
  `GET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n`,
]

test('whoever leaves, breaks or stalls, nothing stays open and nothing is counted twice', async () => {
  const upstreams = [await moodyUpstream(), await moodyUpstream()]
  const service = makeService({ instances: upstreams.map(({ url }) => makeInstance(url)) })
  const gateway = await startGateway(makeSnapshot({ services: [service], limits: { clientIdleMs: 400 } }))
  closers.push(gateway.close)
  let sent = 0
  await Promise.all(
    Array.from({ length: 30 }, async (_, lane) => {
      for (let round = 0; round < 10; round++) {
        const client = await RawClient.open(gateway.port)
        client.send(requests[(lane + round) % requests.length] ?? '')
        sent += 1
        // Patience in turns of the event loop, so that a busy machine does not change what is tested.
        const turns = (lane * 7 + round * 13) % 60
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
        if ((lane + round) % 3 === 0) client.socket.end()
        else client.close()
        closers.push(async () => client.close())
      }
    }),
  )
  const { observer, runtimes } = gateway.engine
  await until(() => observer.openRequests === 0, 'every request ended')
  const instances = runtimes.current?.services[0]?.instances ?? []
  expect(instances.map(({ state }) => state.requestsInFlight)).toEqual([0, 0])
  const counted = [...observer.meters.values()].flatMap(({ byStatus }) => [...byStatus.values()])
  expect(counted.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(sent / 2)
  expect([...(observer.meters.get('demo')?.byStatus.keys() ?? [])]).not.toContain(0)
  expect([...(observer.meters.get('demo')?.byStatus.keys() ?? [])]).not.toContain(500)
})
