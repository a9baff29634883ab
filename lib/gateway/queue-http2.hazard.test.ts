import type { ServerResponse } from 'node:http'
import { constants } from 'node:http2'
import { afterEach, expect, test } from 'vitest'
import { answerOf, ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

test('a stream of HTTP/2 waits, leaves and is refused like any other request', async () => {
  const open: ServerResponse[] = []
  const upstream = await startUpstream((_request, response) => void open.push(response))
  const service = makeService({
    instances: [makeInstance(upstream.url)],
    concurrency: { perInstance: 1, queueSize: 2, queueTimeoutMs: 20_000 },
  })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  const session = await openHttp2(gateway.url)
  closers.push(upstream.close, gateway.close, () => session.destroy())
  const waiting = () => gateway.engine.runtimes.current?.services[0]?.fleet.waiting
  const to = (path: string) => ({ ':path': `/api/predict/demo/${path}`, authorization: testToken })

  const first = ask(session, to('first'))
  await until(() => open.length === 1, 'the first is being served')
  const leaver = session.request(to('leaver'))
  const left = answerOf(leaver)
  await until(() => waiting() === 1, 'the leaver waits')
  const last = ask(session, to('last'))
  await until(() => waiting() === 2, 'the last waits')
  const refused = await ask(session, to('refused'))
  expect([refused.headers[':status'], refused.headers['retry-after']]).toEqual([450, '1'])
  leaver.close(constants.NGHTTP2_CANCEL)
  await left
  await until(() => waiting() === 1, 'the leaver is out of the queue')

  open.shift()?.end('answer')
  await until(() => open.length === 1, 'the last is being served')
  open.shift()?.end('answer')
  expect([(await first).body, (await last).body]).toEqual(['answer', 'answer'])
  expect(upstream.requests.map(({ url }) => url)).toEqual(['/first', '/last'])
})
