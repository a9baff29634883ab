import { createServer } from 'node:http'
import { Pool } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import {
  makeInstance,
  makeService,
  makeSnapshot,
  passivePolicy,
  testToken,
} from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { readMetrics } from '@/lib/gateway/testing/read-metrics.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { PassiveHealth } from '@/lib/snapshot/instance-policies.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A model server whose mood a test changes. */
interface Moody extends Upstream {
  status: number
  retryAfter: string | null
  /** Requests being answered at once, and the most there ever were. */
  open: number
  openMax: number
  /** While set, answers wait. */
  held: Array<() => void> | null
}

async function startMoody(): Promise<Moody> {
  const mood = {
    status: 200,
    retryAfter: null as string | null,
    open: 0,
    openMax: 0,
    held: null as Moody['held'],
  }
  const upstream = await startUpstream((_request, response) => {
    moody.open += 1
    moody.openMax = Math.max(moody.openMax, moody.open)
    const answer = () => {
      moody.open -= 1
      if (moody.retryAfter !== null) response.setHeader('retry-after', moody.retryAfter)
      response.writeHead(moody.status).end('answer')
    }
    if (moody.held === null) setImmediate(answer)
    else moody.held.push(answer)
  })
  const moody: Moody = Object.assign(upstream, mood)
  closers.push(upstream.close)
  return moody
}

async function start(
  upstreams: readonly Upstream[],
  policy: Partial<PassiveHealth> = {},
  overrides: Partial<InferenceServiceSnapshot> = {},
): Promise<{ gateway: TestGateway; call: () => Promise<number> }> {
  const service = makeService({
    instances: upstreams.map(({ url }) => makeInstance(url)),
    passiveHealth: { ...passivePolicy, ejectMs: 1_000, ...policy },
    panicThreshold: 0,
    ...overrides,
  })
  const gateway = await startGateway(makeSnapshot({ services: [service] }))
  const pool = new Pool(gateway.url, { connections: 32 })
  closers.push(gateway.close, () => pool.destroy())
  const call = async () => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/api/predict/demo/',
      headers: { authorization: testToken },
      body: 'x',
    })
    await body.dump()
    return statusCode
  }
  return { gateway, call }
}

const notedOf = (gateway: TestGateway, index: number) =>
  gateway.engine.runtimes.current?.services[0]?.instances[index]?.state.noted

async function statuses(call: () => Promise<number>, count: number): Promise<number[]> {
  const seen: number[] = []
  for (let index = 0; index < count; index++) seen.push(await call())
  return seen
}

describe('An instance that answers 5xx', () => {
  test('is taken out after as many failures as the policy says, and comes back through one probe', async () => {
    const [good, bad] = [await startMoody(), await startMoody()]
    const { gateway, call } = await start([good, bad], { ejectMs: 1_500 })
    bad.status = 500
    const seen: number[] = []
    while (seen.filter((status) => status === 500).length < 3) seen.push(await call())
    expect(notedOf(gateway, 1)).toMatchObject({ state: 'ejected' })
    expect(notedOf(gateway, 1)?.reason).toMatch(/^3 of the last \d answers failed: answered 500$/)
    expect(new Set(await statuses(call, 5))).toEqual(new Set([200]))

    bad.status = 200
    bad.held = []
    bad.openMax = 0
    await until(() => notedOf(gateway, 1)?.state === 'probing', 'the ejection ended')
    const burst = Array.from({ length: 20 }, call)
    await until(() => bad.held?.length === 1, 'the probe arrived')
    const others = await statuses(call, 20)
    expect(new Set(others)).toEqual(new Set([200]))
    expect(bad.openMax).toBe(1)
    for (const answer of bad.held.splice(0)) answer()
    bad.held = null
    expect(new Set(await Promise.all(burst))).toEqual(new Set([200]))
    await until(() => notedOf(gateway, 1)?.state === 'ready', 'the probe decided')
    const before = bad.requests.length
    await statuses(call, 20)
    expect(bad.requests.length - before).toBe(10)
  })

  test('that flaps is out longer each time, so callers see fewer and fewer of its failures', async () => {
    const [good, bad] = [await startMoody(), await startMoody()]
    const { gateway, call } = await start([good, bad], {
      failures: 1,
      window: 1,
      ejectMs: 40,
      ejectMsMax: 640,
    })
    bad.status = 500
    let failed = 0
    let lastsMs = 0
    while (lastsMs < 640) {
      if ((await call()) === 500) failed += 1
      const { since, until: end } = notedOf(gateway, 1) ?? { since: 0, until: null }
      if (end !== null) lastsMs = end - since
    }
    // 40, 80, 160, 320 and 640 ms: one failure each.
    expect(failed).toBe(5)
    expect(notedOf(gateway, 1)?.reason).toBe('The probe failed: answered 500')
  })

  test('is not taken out for answers of 4xx', async () => {
    const [good, bad] = [await startMoody(), await startMoody()]
    const { gateway, call } = await start([good, bad])
    bad.status = 404
    const seen = await statuses(call, 40)
    expect(seen.filter((status) => status === 404)).toHaveLength(20)
    expect(notedOf(gateway, 1)?.state).toBe('unknown')
  })
})

describe('An instance that does not answer', () => {
  test('is taken out for it', async () => {
    const [good, silent] = [await startMoody(), await startMoody()]
    silent.held = []
    const { gateway, call } = await start([good, silent], { ejectMs: 60_000 }, { requestTimeoutMs: 60 })
    const seen: number[] = []
    while (notedOf(gateway, 1)?.state !== 'ejected') seen.push(await call())
    expect(seen.filter((status) => status === 504).length).toBeGreaterThanOrEqual(3)
    expect(notedOf(gateway, 1)?.reason).toMatch(/answers failed: no answer in time$/)
  })

  test('is not blamed by a request that spent its time in the queue, or by a caller that leaves', async () => {
    const [good, busy] = [await startMoody(), await startMoody()]
    good.held = []
    busy.held = []
    const { gateway, call } = await start(
      [good, busy],
      { failures: 1, window: 1 },
      { requestTimeoutMs: 400, concurrency: { perInstance: 1, queueSize: 8, queueTimeoutMs: 10_000 } },
    )
    const fleet = gateway.engine.runtimes.current?.services[0]?.fleet
    const leavers = await Promise.all([RawClient.open(gateway.port), RawClient.open(gateway.port)])
    for (const leaver of leavers) {
      leaver.send(`GET /api/predict/demo/ HTTP/1.1\r\nHost: a\r\nAuthorization: ${testToken}\r\n\r\n`)
    }
    await until(() => good.open + busy.open === 2, 'both are busy')
    const waiting = [call(), call()]
    await until(() => fleet?.waiting === 2, 'two wait')
    for (const leaver of leavers) leaver.close()
    expect(await Promise.all(waiting)).toEqual([504, 504])
    expect([notedOf(gateway, 0)?.state, notedOf(gateway, 1)?.state]).toEqual(['unknown', 'unknown'])
  })
})

test('an instance that asks for a rest gets it, and the others serve meanwhile', async () => {
  const [good, tired] = [await startMoody(), await startMoody()]
  const { gateway, call } = await start([good, tired])
  tired.status = 429
  tired.retryAfter = '1'
  const seen = await statuses(call, 20)
  expect(seen.filter((status) => status === 429)).toHaveLength(1)
  expect(notedOf(gateway, 1)).toMatchObject({ state: 'paused', reason: 'Asked to wait 1 s (429)' })
  const { since, until: end } = notedOf(gateway, 1) ?? { since: 0, until: null }
  expect((end ?? 0) - since).toBe(1_000)
  tired.status = 200
  tired.retryAfter = null
  await until(() => notedOf(gateway, 1)?.state !== 'paused', 'the rest is over')
  expect(Date.now()).toBeGreaterThanOrEqual((end ?? 0) - 1)
  const before = tired.requests.length
  await statuses(call, 10)
  expect(tired.requests.length - before).toBe(5)
})

test('when every instance fails, the last one is kept and its answers are relayed', async () => {
  const upstreams = [await startMoody(), await startMoody(), await startMoody()]
  const { gateway, call } = await start(upstreams)
  for (const upstream of upstreams) upstream.status = 503
  const seen = await statuses(call, 60)
  expect(new Set(seen)).toEqual(new Set([503]))
  expect(upstreams.reduce((sum, { requests }) => sum + requests.length, 0)).toBe(60)
  const states = [0, 1, 2].map((index) => notedOf(gateway, index)?.state)
  expect(states.toSorted()).toEqual(['ejected', 'ejected', 'unknown'])
})

test('panic sends traffic to ejected instances again, and says so', async () => {
  const upstreams = [await startMoody(), await startMoody(), await startMoody(), await startMoody()]
  const { gateway, call } = await start(upstreams, { ejectMs: 60_000 }, { panicThreshold: 50 })
  const [one, two, three] = upstreams as [Moody, Moody, Moody]
  one.status = two.status = 500
  await statuses(call, 30)
  expect(await readMetrics(gateway.engine)).not.toContain('switchyard_service_panic{')
  three.status = 500
  while (notedOf(gateway, 2)?.state !== 'ejected') await call()
  for (const upstream of upstreams) upstream.status = 200
  const before = one.requests.length
  expect(new Set(await statuses(call, 20))).toEqual(new Set([200]))
  expect(one.requests.length - before).toBeGreaterThanOrEqual(4)
  const page = await readMetrics(gateway.engine)
  expect(page).toContain('switchyard_service_panic{service="demo"} 1')
  expect(page).toContain('switchyard_instances_taken_out_total{service="demo",reason="server_error"} 3')
  expect(page).toContain('state="ejected"} 1')
  expect(notedOf(gateway, 0)?.reason).toContain('serves all the same')
})

test('an instance killed under load costs what was under way there, and nothing after', async () => {
  const [one, two, victim] = [await startMoody(), await startMoody(), await startMoody()]
  const { gateway, call } = await start([one, two, victim], { ejectMs: 60_000 })
  const lanes = 24
  let isRunning = true
  let isKilled = false
  const before: number[] = []
  const after: number[] = []
  const load = Array.from({ length: lanes }, async () => {
    while (isRunning) {
      const seen = isKilled ? after : before
      seen.push(await call())
    }
  })
  await until(() => before.length > 300, 'the load runs')
  const underWay = Math.max(victim.open, 1)
  await victim.close()
  isKilled = true
  await until(() => after.length > 600, 'the load went on')
  isRunning = false
  await Promise.all(load)
  const failed = [...before, ...after].filter((status) => status !== 200)
  expect(failed.length).toBeLessThanOrEqual(underWay + lanes)
  expect(after.slice(lanes).filter((status) => status !== 200)).toEqual([])
  expect(['ejected', 'unknown']).toContain(notedOf(gateway, 2)?.state)

  // The same port, up again: nobody asks it before its time.
  const again = createServer((_request, response) => response.end('again'))
  const port = Number(new URL(victim.url).port)
  await new Promise<void>((resolve) => again.listen(port, '127.0.0.1', resolve))
  closers.push(
    () =>
      new Promise((resolve) => {
        again.close(() => resolve())
        again.closeAllConnections()
      }),
  )
  expect(new Set(await statuses(call, 30))).toEqual(new Set([200]))
})
