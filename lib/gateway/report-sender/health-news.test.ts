import { describe, expect, test } from 'vitest'
import { HealthNews } from '@/lib/gateway/report-sender/health-news.ts'
import { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import { eject, fitFrom } from '@/lib/gateway/runtime/health/verdict.ts'
import { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'

class Stand {
  readonly journal = new HealthJournal()
  readonly states: InstanceState[]
  readonly news: HealthNews

  constructor(count: number) {
    this.states = Array.from(
      { length: count },
      (_, index) => new InstanceState(`ins_${index}`, 'http://x', 0),
    )
    for (const state of this.states) this.journal.note(state, 0)
    const services = [{ instances: this.states.map((state) => ({ state })) }]
    this.news = new HealthNews({ current: { services } } as unknown as RuntimeHolder, this.journal)
  }

  eject(index: number): void {
    const state = this.states[index] as InstanceState
    state.verdict = eject(fitFrom(0), passivePolicy, 'why', 10)
    state.gate = 'shut'
    this.journal.note(state, 10)
  }

  /** What a console knows that has been sent all there is. */
  tellAll(known = new Map<string, string>()): { known: Map<string, string>; reports: number[] } {
    const reports: number[] = []
    while (!this.news.isEmpty) {
      const { instances } = this.news.take()
      if (instances === null) continue
      if (instances.isWhole) known.clear()
      for (const { instanceId, state } of instances.items) known.set(instanceId, state)
      reports.push(instances.items.length)
    }
    return { known, reports }
  }
}

describe('The news about health', () => {
  test('is everything at first, then only what changed', () => {
    const stand = new Stand(3)
    expect(stand.news.take().instances).toMatchObject({ isWhole: true, items: [{}, {}, {}] })
    expect(stand.news.isEmpty).toBe(true)
    expect(stand.news.take()).toEqual({ instances: null, healthEvents: [] })
    stand.eject(1)
    expect(stand.news.take()).toEqual({
      instances: {
        isWhole: false,
        items: [
          { instanceId: 'ins_1', state: 'ejected', reason: 'why', since: 10, until: 10_010, checkedAt: null },
        ],
      },
      healthEvents: [{ instanceId: 'ins_1', at: 10, state: 'ejected', reason: 'why' }],
    })
  })

  test('is everything again after an instance went, and when the console may have forgotten', () => {
    const stand = new Stand(3)
    stand.tellAll()
    const gone = stand.states.pop()
    if (gone !== undefined) stand.journal.remove(gone)
    expect(stand.news.isEmpty).toBe(false)
    stand.news.forget()
    expect(stand.news.take().instances?.isWhole).toBe(true)
  })

  test('goes in portions when it is long, and misses nothing that changes in between', () => {
    const stand = new Stand(4_500)
    const { instances } = stand.news.take()
    expect([instances?.isWhole, instances?.items.length]).toEqual([true, 2_000])
    stand.eject(10)
    stand.eject(4_400)
    const known = new Map(instances?.items.map(({ instanceId, state }) => [instanceId, state]))
    const told = stand.tellAll(known)
    expect(told.reports).toEqual([2_000, 500, 2])
    expect(told.known.size).toBe(4_500)
    expect([told.known.get('ins_10'), told.known.get('ins_4400')]).toEqual(['ejected', 'ejected'])
  })

  test('begins anew when a portion did not arrive, with the events that it held', () => {
    const stand = new Stand(2_500)
    stand.eject(7)
    stand.news.putBack(stand.news.take())
    const again = stand.news.take()
    expect([again.instances?.isWhole, again.instances?.items.length]).toEqual([true, 2_000])
    expect(again.healthEvents).toHaveLength(1)
    expect(stand.tellAll().reports).toEqual([500])
  })

  test('of 10,000 instances never makes one report long', () => {
    const stand = new Stand(10_000)
    expect(stand.tellAll().reports).toEqual(Array.from({ length: 5 }, () => 2_000))
    for (let index = 0; index < 10_000; index++) stand.eject(index)
    const lengths: number[][] = []
    while (!stand.news.isEmpty) {
      const { instances, healthEvents } = stand.news.take()
      lengths.push([instances?.items.length ?? 0, healthEvents.length])
    }
    expect(lengths).toEqual([
      ...Array.from({ length: 5 }, () => [2_000, 1_000]),
      ...Array.from({ length: 5 }, () => [0, 1_000]),
    ])
  })
})
