import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { chatBody, completion, sendJson, startProvider } from '@/lib/gateway/testing/model-stand.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'

const closers: Array<() => Promise<void>> = []
/** What the gateway measures with: services take the time that they are told to, however busy the machine is. */
let now = 1_000

beforeEach(() => {
  now = 1_000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Answers after so many ms. */
async function startService(name: string, ms: number) {
  const state = { ms, fails: false }
  const provider = await startProvider((_call, response) => {
    now += state.ms
    if (state.fails) sendJson(response, { error: { message: 'Overloaded.' } }, 503)
    else sendJson(response, completion(name))
  })
  closers.push(provider.close)
  return { name, state, url: provider.url, calls: provider.calls }
}

const objectives = ['least-total-latency', 'least-first-token-latency'] as const

test.for(objectives)(
  'by %s, of three services one slows, fails and recovers, and no caller is failed',
  async (objective, { annotate }) => {
    const services = [
      await startService('quick', 20),
      await startService('medium', 30),
      await startService('slow', 40),
    ]
    const targets = services.map(({ name }) => ({ serviceId: `svc_${name}`, model: null }))
    const gateway = await startGateway(
      makeSnapshot({
        upstreamServices: services.map(({ name, url }) =>
          makeProviderService(`${url}/v1`, {}, { id: `svc_${name}`, name }),
        ),
        modelApis: [
          makeModelApi({
            monitoring: { recordRequest: false, recordResponse: false },
            routing: { mode: 'metrics', objective, maxShare: 0.8, window: 100, targets },
            fallback: { upstreamErrorsOnly: false, targets: targets.slice(2) },
          }),
        ],
      }),
    )
    closers.push(gateway.close)
    const { state } = services[0] as (typeof services)[0]
    const records = gateway.engine.observer.records

    /** 100 calls in a minute and a half. `first`: to the routing's choice; `fallback`: because that one failed. */
    const hundred = async (phase: string) => {
      const first = { quick: 0, medium: 0, slow: 0 }
      let fallback = 0
      for (let call = 0; call < 100; call += 1) {
        expect((await callJson(gateway.port, '/v1/chat/completions', chatBody)).status).toBe(200)
        await until(() => records?.size === 1, 'a record of the call')
        const [attempt, ...others] = records?.take({ records: 1, bytes: 1 })[0]?.facts.attempts ?? []
        first[attempt?.service as keyof typeof first] += 1
        fallback += others.length
      }
      now += 90_000
      await annotate(`| ${phase} | ${first.quick} | ${first.medium} | ${first.slow} | ${fallback} |`)
      return { ...first, fallback }
    }

    for (const phase of ['20, 30 and 40 ms', 'the same']) {
      const { quick, medium } = await hundred(phase)
      expect(quick).toBeGreaterThanOrEqual(75)
      expect(quick + medium).toBeGreaterThanOrEqual(99)
    }
    state.ms = 800
    const noticed = await hundred('the first takes 800 ms')
    expect(noticed.quick).toBeLessThanOrEqual(25)
    expect(noticed.medium).toBeGreaterThanOrEqual(60)
    const avoided = await hundred('still 800 ms')
    expect(avoided.quick).toBeLessThanOrEqual(25)

    state.fails = true
    state.ms = 5
    let failed = 0
    for (const phase of ['the first answers 503 in 5 ms', 'still 503', 'still 503', 'still 503']) {
      const { quick, fallback } = await hundred(phase)
      expect(fallback).toBe(quick)
      expect(quick).toBeLessThanOrEqual(25)
      failed += quick
    }
    // It is tried as soon as what it did is five minutes old.
    expect(failed).toBeGreaterThan(0)

    state.fails = false
    state.ms = 20
    const recovering = []
    for (const phase of ['20 ms again', 'the same', 'the same', 'the same', 'the same']) {
      recovering.push(await hundred(phase))
    }
    expect(recovering.at(-1)?.quick).toBeGreaterThanOrEqual(75)
    expect(recovering.every(({ fallback }) => fallback === 0)).toBe(true)
  },
)
