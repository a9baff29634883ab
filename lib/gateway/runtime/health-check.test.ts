import { afterEach, describe, expect, test } from 'vitest'
import { nextHealth } from '@/lib/gateway/runtime/health-check.ts'
import type { Health } from '@/lib/gateway/runtime/instance.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'

const unknown: Health = { state: 'unknown', reason: null, since: 0, checkedAt: null }
const thresholds = { healthyAfter: 2, unhealthyAfter: 3 }
const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('Health', () => {
  test('changes only after as many results in a row as the thresholds say', () => {
    expect(nextHealth(unknown, 1, null, thresholds, 10).state).toBe('unknown')
    const ready = nextHealth(unknown, 2, null, thresholds, 20)
    expect(ready).toEqual({ state: 'ready', reason: null, since: 20, checkedAt: 20 })
    expect(nextHealth(ready, -2, 'Answered 500', thresholds, 30).state).toBe('ready')
    const unready = nextHealth(ready, -3, 'Answered 500', thresholds, 40)
    expect(unready).toEqual({ state: 'unready', reason: 'Answered 500', since: 40, checkedAt: 40 })
    expect(nextHealth(unready, 1, null, thresholds, 50)).toMatchObject({
      state: 'unready',
      since: 40,
      checkedAt: 50,
    })
    expect(nextHealth(unready, 2, null, thresholds, 60)).toMatchObject({
      state: 'ready',
      since: 60,
      reason: null,
    })
  })

  test('keeps the time it began while only the reason changes', () => {
    const unready: Health = { state: 'unready', reason: 'Answered 500', since: 40, checkedAt: 40 }
    expect(nextHealth(unready, -4, 'Connection refused', thresholds, 50)).toEqual({
      state: 'unready',
      reason: 'Connection refused',
      since: 40,
      checkedAt: 50,
    })
  })
})

const check = { path: '/health', intervalMs: 20, timeoutMs: 200, unhealthyAfter: 2, healthyAfter: 1 }

async function switchable() {
  const control = { status: 200, checks: 0 }
  const upstream = await startUpstream((request, response) => {
    if (request.url === '/health') {
      control.checks += 1
      response.writeHead(control.status).end()
    } else response.end('served')
  })
  closers.push(upstream.close)
  return { upstream, control }
}

const healthOf = (gateway: TestGateway, index = 0) =>
  gateway.engine.runtimes.current?.services[0]?.instances[index]?.state.health

describe('A checked instance', () => {
  test('is taken out when its checks fail and comes back when they pass', async () => {
    const { upstream, control } = await switchable()
    const service = makeService({ instances: [makeInstance(upstream.url)], healthCheck: check })
    const gateway = await startGateway(makeSnapshot({ services: [service] }))
    closers.push(gateway.close)
    const call = () => fetch(`${gateway.url}/api/predict/demo/`, { headers: { authorization: testToken } })

    await until(() => healthOf(gateway)?.state === 'ready', 'ready')
    control.status = 500
    await until(() => healthOf(gateway)?.state === 'unready', 'unready')
    expect(healthOf(gateway)?.reason).toBe('Answered 500')
    const refused = await call()
    expect(refused.status).toBe(503)
    expect(await refused.text()).toContain('no_ready_instance')
    control.status = 200
    await until(() => healthOf(gateway)?.state === 'ready', 'ready again')
    expect(await (await call()).text()).toBe('served')
  })

  test('says in plain words why it cannot be reached', async () => {
    const { upstream } = await switchable()
    await upstream.close()
    const service = makeService({ instances: [makeInstance(upstream.url)], healthCheck: check })
    const gateway = await startGateway(makeSnapshot({ services: [service] }))
    closers.push(gateway.close)
    await until(() => healthOf(gateway)?.state === 'unready', 'unready')
    expect(healthOf(gateway)?.reason).toBe('Connection refused')
  })

  test('that does not answer in time fails', async () => {
    const upstream = await startUpstream(() => {})
    closers.push(upstream.close)
    const service = makeService({
      instances: [makeInstance(upstream.url)],
      healthCheck: { ...check, timeoutMs: 30, unhealthyAfter: 1 },
    })
    const gateway = await startGateway(makeSnapshot({ services: [service] }))
    closers.push(gateway.close)
    await until(() => healthOf(gateway)?.state === 'unready', 'unready')
    expect(healthOf(gateway)?.reason).toBe('No answer within 30 ms')
  })

  test('keeps its health, its counts and its check when a new snapshot still has it', async () => {
    const { upstream, control } = await switchable()
    const instance = makeInstance(upstream.url)
    const snapshot = (revision: number, weight: number) =>
      makeSnapshot({
        revision,
        services: [
          makeService({
            instances: [{ ...instance, weight }],
            healthCheck: { ...check, intervalMs: 60_000 },
          }),
        ],
      })
    const gateway = await startGateway(snapshot(1, 1))
    closers.push(gateway.close)
    await until(() => healthOf(gateway)?.state === 'ready', 'ready')
    const before = gateway.engine.runtimes.current?.services[0]?.instances[0]?.state
    gateway.apply(snapshot(2, 5))
    const after = gateway.engine.runtimes.current?.services[0]?.instances[0]
    expect(after?.weight).toBe(5)
    expect(after?.state).toBe(before)
    expect(after?.state.health.state).toBe('ready')
    expect(control.checks).toBe(1)
  })

  test('is not checked any more once no snapshot has it', async () => {
    const { upstream, control } = await switchable()
    const service = makeService({ instances: [makeInstance(upstream.url)], healthCheck: check })
    const gateway = await startGateway(makeSnapshot({ services: [service] }))
    closers.push(gateway.close)
    await until(() => control.checks > 1, 'checks run')
    gateway.apply(makeSnapshot({ revision: 2 }))
    const checks = control.checks
    const removedAt = performance.now()
    await until(() => performance.now() - removedAt > 5 * check.intervalMs, 'several intervals passed')
    expect(control.checks).toBeLessThanOrEqual(checks + 1)
  })
})
