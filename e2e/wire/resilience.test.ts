import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { startWorkspace, type WorkspaceOnWire } from '@/e2e/start-workspace.ts'
import { until } from '@/e2e/until.ts'
import type { InstanceHealthEvent } from '@/lib/domain/inference-service.ts'

let good: ModelServer
let bad: ModelServer
let deadUrl: string
let wire: WorkspaceOnWire

const passiveHealth = { failures: 2, window: 4, ejectMs: 60_000 }

beforeAll(async () => {
  good = await createModelServer()
  bad = await createModelServer()
  const dead = await createModelServer()
  deadUrl = dead.url
  await dead.close()
  wire = await startWorkspace('resilience')
})
beforeEach(() => setFaults(bad, ''))
afterAll(async () => {
  await wire?.installation.stop()
  await good?.close()
  await bad?.close()
})

async function setFaults({ url }: ModelServer, faults: string): Promise<void> {
  await fetch(`${url}/__control`, { method: 'POST', body: JSON.stringify({ faults }) })
}

test('retries go to another instance when one does not take the connection, unless they are off', async () => {
  const service = await wire.deploy('retried', [deadUrl, good.url])
  await until('a call fails', async () => (await wire.call(service)).status === 503)
  await wire.change(service, { retries: { attempts: 2 } })
  await until('no call fails', async () =>
    (await wire.statuses(service, 6)).every((status) => status === 200),
  )
})

test('an answer of 503 is repeated elsewhere only where requests are idempotent', async () => {
  await setFaults(bad, 'status=503')
  const service = await wire.deploy('repeated', [bad.url, good.url], { retries: { attempts: 2 } })
  await until('half of the calls fail', async () => {
    const [first, second] = await wire.statuses(service, 2)
    return first !== second
  })
  await wire.change(service, { retries: { attempts: 2, idempotent: true } })
  await until('no call fails', async () =>
    (await wire.statuses(service, 4)).every((status) => status === 200),
  )
})

test('failures in traffic eject an instance; the API says why, until when, and keeps the history', async () => {
  const service = await wire.deploy('ejected', [bad.url, good.url], { passiveHealth, panicThreshold: 0 })
  await setFaults(bad, 'status=500')
  const ejected = await until('an instance is ejected', async () => {
    await wire.call(service)
    return (await wire.read(service)).instances.find(({ health }) => health.state === 'ejected')
  })
  expect(ejected.url).toBe(bad.url)
  expect(ejected.health.reason).not.toBeNull()
  expect(Date.parse(String(ejected.health.until))).toBeGreaterThan(Date.now())
  expect(await wire.statuses(service, 6)).toEqual(Array(6).fill(200))
  const { status } = await wire.read(service)
  expect(status.state).toBe('degraded')
  expect(status.cause).toContain(bad.url)
  const { items } = await wire.api.get<{ items: InstanceHealthEvent[] }>(`${service.path}/health-events`)
  expect(items.find(({ state }) => state === 'ejected')).toMatchObject({
    instanceId: ejected.id,
    url: bad.url,
    reason: ejected.health.reason,
  })

  await wire.change(service, { passiveHealth: null })
  await until('the failing instance is back', async () => (await wire.call(service)).status === 500)
  await setFaults(bad, '')
  await until('the service runs', async () => (await wire.read(service)).status.state === 'running')
})

test('an instance that asks for a rest is paused for that long, unless pausing is off', async () => {
  await setFaults(bad, 'status=429,retry-after=30')
  const service = await wire.deploy('paused', [bad.url, good.url], { passiveHealth, panicThreshold: 0 })
  const paused = await until('an instance is paused', async () => {
    await wire.call(service)
    return (await wire.read(service)).instances.find(({ health }) => health.state === 'paused')
  })
  expect(paused.url).toBe(bad.url)
  expect(Date.parse(String(paused.health.until)) - Date.now()).toBeGreaterThan(20_000)
  expect(await wire.statuses(service, 4)).toEqual(Array(4).fill(200))

  const restless = await wire.deploy('restless', [bad.url, good.url], {
    passiveHealth: { ...passiveHealth, pauseOnRetryAfter: false },
  })
  await until(
    'it is asked again and again',
    async () => (await wire.statuses(restless, 8)).filter((status) => status === 429).length === 4,
  )
})

test('below the panic threshold ejections are disregarded', async () => {
  const service = await wire.deploy('panicking', [bad.url, good.url], { passiveHealth, panicThreshold: 0 })
  await setFaults(bad, 'status=500')
  await until('the failing instance is out', async () =>
    (await wire.statuses(service, 6)).every((status) => status === 200),
  )
  await wire.change(service, { panicThreshold: 80 })
  await until('the failing instance is asked', async () => (await wire.call(service)).status === 500)
  await wire.change(service, { panicThreshold: 30 })
  await until('it is left out again', async () =>
    (await wire.statuses(service, 6)).every((status) => status === 200),
  )
})

test('a fresh instance starts slowly, unless it may start at once', async () => {
  const shareOfFresh = async (name: string, slowStartMs: number) => {
    const service = await wire.deploy(name, [good.url], { slowStartMs })
    await until('the first instance answers', async () => (await wire.call(service)).status === 200)
    await wire.change(service, {
      instances: [
        { url: good.url, weight: 1 },
        { url: bad.url, weight: 1 },
      ],
    })
    const before = bad.requests.length
    await until(
      'the fresh instance is asked',
      async () => {
        await wire.call(service)
        return bad.requests.length > before
      },
      { everyMs: 1 },
    )
    const from = bad.requests.length
    await wire.statuses(service, 60)
    return (bad.requests.length - from) / 60
  }
  expect(await shareOfFresh('slow', 600_000)).toBeLessThan(0.25)
  expect(await shareOfFresh('sudden', 0)).toBeCloseTo(0.5, 1)
})
