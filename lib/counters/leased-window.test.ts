import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LeasedWindow } from './leased-window.ts'
import { PermitLedger } from './permit-ledger.ts'
import type { PermitSource } from './permit-source.ts'
import { describeRateWindowContract } from './testing/rate-window-contract.ts'
import { SimulatedHost } from './testing/simulated-nodes.ts'

describeRateWindowContract('A window that fetches its permits', (clock) => {
  const ledger = new PermitLedger()
  const source: PermitSource = {
    localShare: null,
    acquire: async (request) => ledger.acquire(request, clock.now()),
    settle: (settlement) => ledger.settle(settlement, clock.now()),
    watch: () => {},
    onShared: () => [],
  }
  return new LeasedWindow('service:one', source, clock)
})

describeRateWindowContract('A window that is the only one', (clock) => {
  const source: PermitSource = {
    localShare: 1,
    acquire: () => Promise.reject(new Error('Nobody is to be asked.')),
    settle: () => {},
    watch: () => {},
    onShared: () => [],
  }
  return new LeasedWindow('service:one', source, clock)
})

const node = fc.record({
  /** In limits. */
  demand: fc.double({ min: 0, max: 4, noNaN: true }),
  delayMs: fc.integer({ min: 0, max: 12 }),
  /** Now and then a whole second's requests come at once. */
  burstEveryMs: fc.integer({ min: 90, max: 2_000 }),
})

describe('Nodes that share a window', () => {
  test('never admit more than the limit within any second, whatever they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.array(node, { minLength: 1, maxLength: 6 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 31 }),
        async (limit, nodes, weather) => {
          const host = new SimulatedHost()
          for (const { delayMs } of nodes) host.addNode('service:one', limit, delayMs)
          await host.run(2_500, (index, at) => {
            const { demand = 0, burstEveryMs = 1 } = nodes[index] ?? {}
            if (at % burstEveryMs === burstEveryMs - 1) return Math.ceil(demand * limit)
            const mood = weather[Math.floor(at / 80 + index * 5) % weather.length] ?? 0
            const perMs = (demand * limit * mood) / 1_000
            return Math.floor((at + 1) * perMs) - Math.floor(at * perMs)
          })
          expect(host.worstWindow()).toBeLessThanOrEqual(limit)
        },
      ),
      { numRuns: 60 },
    )
  })

  test.each([
    ['even', [500, 500, 500, 500]],
    ['skewed', [1_800, 100, 60, 40]],
    ['one-sided', [2_000, 0, 0, 0]],
    ['barely enough', [270, 270, 270, 270]],
  ])('make nearly all of the limit usable under %s demand', async (_name, perSecond) => {
    const host = new SimulatedHost()
    for (const _ of perSecond) host.addNode('service:one', 1_000, 1)
    const began = host.now
    await host.run(4_000, (index, at) => {
      const perMs = (perSecond[index] ?? 0) / 1_000
      return Math.floor((at + 1) * perMs) - Math.floor(at * perMs)
    })
    expect(host.worstWindow()).toBeLessThanOrEqual(1_000)
    expect(host.admittedBetween(began + 1_000, began + 4_000)).toBeGreaterThanOrEqual(2_850)
  })

  test('refuse nobody and rarely ask while they are far from the limit', async () => {
    const host = new SimulatedHost()
    for (let index = 0; index < 4; index++) host.addNode('service:one', 1_000, 1)
    await host.run(3_000, (_index, at) => (at % 20 === 0 ? 1 : 0))
    expect(host.nodes.map(({ refused }) => refused)).toEqual([0, 0, 0, 0])
    for (const { asked } of host.nodes) expect(asked).toBeLessThan(40)
  })

  test('share a limit of one', async () => {
    const host = new SimulatedHost()
    for (let index = 0; index < 3; index++) host.addNode('token:one', 1, 1)
    await host.run(5_000, () => 1)
    expect(host.worstWindow()).toBe(1)
    expect([...host.admitted.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(4)
  })
})
