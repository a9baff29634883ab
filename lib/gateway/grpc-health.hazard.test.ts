import { afterEach, expect, test } from 'vitest'
import { ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import {
  makeInstance,
  makeService,
  makeSnapshot,
  passivePolicy,
  testToken,
} from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startHttp2Upstream } from '@/lib/gateway/testing/start-http2-upstream.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const emptyMessage = Buffer.alloc(5)

/** Answers each call with this gRPC status and nothing else. */
async function answering(status: number) {
  const calls = { count: 0 }
  const upstream = await startHttp2Upstream((stream) => {
    calls.count += 1
    stream.resume()
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': String(status) },
      { endStream: true },
    )
  })
  closers.push(upstream.close)
  return { ...upstream, calls }
}

async function start(urls: readonly string[], idempotent: boolean) {
  const service = makeService({
    protocol: 'grpc',
    instances: urls.map((url) => makeInstance(url)),
    passiveHealth: passivePolicy,
    panicThreshold: 0,
    retries: { attempts: 2, idempotent },
  })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  const session = await openHttp2(gateway.url)
  closers.push(gateway.close, () => session.destroy())
  const call = async () => {
    const headers = {
      ':method': 'POST',
      ':path': '/api/predict/demo/model.Service/Call',
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: testToken,
    }
    const answer = await ask(session, headers, emptyMessage)
    return answer.headers['grpc-status'] ?? answer.trailers?.['grpc-status']
  }
  const notedOf = (index: number) =>
    gateway.engine.runtimes.current?.services[0]?.instances[index]?.state.noted
  return { call, notedOf }
}

test('an instance that calls itself unavailable over gRPC is taken out like one that answers 503', async () => {
  const [good, bad] = [await answering(0), await answering(14)]
  const { call, notedOf } = await start([good.url, bad.url], false)
  const seen: unknown[] = []
  for (let index = 0; index < 30; index++) seen.push(await call())
  expect(seen.filter((status) => status === '14')).toHaveLength(3)
  expect(notedOf(1)).toMatchObject({ state: 'ejected' })
  expect(bad.calls.count).toBe(3)
})

test('other statuses are answers like any other', async () => {
  const [good, strict] = [await answering(0), await answering(3)]
  const { call, notedOf } = await start([good.url, strict.url], true)
  const seen: unknown[] = []
  for (let index = 0; index < 20; index++) seen.push(await call())
  expect(seen.filter((status) => status === '3')).toHaveLength(10)
  expect(notedOf(1)?.state).toBe('unknown')
})
