import { Pool } from 'undici'
import { afterEach, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function upstreamNamed(name: string): Promise<Upstream> {
  const upstream = await startUpstream((_request, response) => void setImmediate(() => response.end(name)))
  closers.push(upstream.close)
  return upstream
}

test('changing instances and egress rules under load fails no request', async () => {
  const [first, second] = [await upstreamNamed('first'), await upstreamNamed('second')]
  const snapshot = (revision: number, ...upstreams: Upstream[]) =>
    makeSnapshot({
      revision,
      egress: { denyCidrs: revision % 5 === 0 ? ['10.0.0.0/8'] : [], allowCidrs: [] },
      services: [makeService({ instances: upstreams.map(({ url }) => makeInstance(url)) })],
    })
  const gateway = await startGateway(snapshot(1, first, second))
  const pool = new Pool(gateway.url, { connections: 16 })
  closers.push(gateway.close, () => pool.destroy())

  const answers = new Map<string, number>()
  let answered = 0
  let isRunning = true
  const load = Array.from({ length: 16 }, async () => {
    while (isRunning) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/api/predict/demo/',
        headers: { authorization: testToken },
        body: 'x',
      })
      const key = `${statusCode} ${await body.text()}`
      answers.set(key, (answers.get(key) ?? 0) + 1)
      answered += 1
    }
  })
  for (let revision = 2; revision < 60; revision++) {
    const sets = [[first], [second], [first, second]] as const
    gateway.apply(snapshot(revision, ...(sets[revision % 3] ?? [])))
    const enough = answered + 10
    await until(() => answered >= enough, 'requests went on')
  }
  isRunning = false
  await Promise.all(load)
  expect([...answers.keys()].sort()).toEqual(['200 first', '200 second'])
  gateway.apply(snapshot(60, first))
  await until(() => gateway.pools.size === 1, 'pools that nobody needs were closed')
})

test('a stream under way ends in order on the snapshot it began with', async () => {
  let finish: () => void = () => {}
  const old = await startUpstream((_request, response) => {
    response.write('old ')
    finish = () => response.end('end')
  })
  const fresh = await upstreamNamed('fresh')
  const service = (upstream: Upstream) => [makeService({ instances: [makeInstance(upstream.url)] })]
  const gateway = await startGateway(makeSnapshot({ services: service(old) }))
  closers.push(old.close, gateway.close)
  const call = () => fetch(`${gateway.url}/api/predict/demo/`, { headers: { authorization: testToken } })

  const response = await call()
  gateway.apply(makeSnapshot({ revision: 2, services: service(fresh) }))
  expect(await (await call()).text()).toBe('fresh')
  expect(gateway.pools.size).toBe(2)
  finish()
  expect(await response.text()).toBe('old end')
  await until(() => gateway.pools.size === 1, 'the old pool was closed')
})
