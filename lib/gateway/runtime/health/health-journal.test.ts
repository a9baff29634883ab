import { describe, expect, test } from 'vitest'
import { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import { eject, fitFrom } from '@/lib/gateway/runtime/health/verdict.ts'
import { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'

function become(state: InstanceState, health: 'unknown' | 'ready' | 'unready', at: number, reason = 'x') {
  state.health = { state: health, reason: health === 'unready' ? reason : null, since: at, checkedAt: at }
}

describe('The journal', () => {
  test('tells of each change once, with when and why', () => {
    const journal = new HealthJournal()
    const state = new InstanceState('ins_1', 'http://a', 0)
    journal.note(state, 0)
    become(state, 'unready', 5, 'Answered 500')
    journal.note(state, 5)
    journal.note(state, 6)
    expect(journal.takeEvents(10)).toEqual([
      { instanceId: 'ins_1', at: 5, state: 'unready', reason: 'Answered 500' },
    ])
    expect(journal.takeChanged(10)).toEqual([state])
    expect(journal.isEmpty).toBe(true)
  })

  test('takes a new reason for a change of the instance, not of its history', () => {
    const journal = new HealthJournal()
    const state = new InstanceState('ins_1', 'http://a', 0)
    become(state, 'unready', 5)
    journal.note(state, 5)
    journal.takeChanged(10)
    become(state, 'unready', 5, 'another')
    let told = 0
    journal.onChange = () => {
      told += 1
    }
    journal.note(state, 7)
    expect([told, journal.takeChanged(10).length, journal.takeEvents(10)]).toEqual([1, 1, []])
  })

  test('does not call it history that the first check after a start passes', () => {
    const journal = new HealthJournal()
    const state = new InstanceState('ins_1', 'http://a', 0)
    journal.note(state, 0)
    become(state, 'ready', 5)
    journal.note(state, 5)
    expect(journal.takeEvents(10)).toEqual([])
  })

  test('keeps the newest events, also when undelivered ones come back', () => {
    const journal = new HealthJournal(100)
    const state = new InstanceState('ins_1', 'http://a', 0)
    journal.note(state, 0)
    for (let at = 1; at <= 1_000; at++) {
      state.verdict = at % 2 === 1 ? eject(fitFrom(0), passivePolicy, 'x', at) : fitFrom(at)
      journal.note(state, at)
    }
    const events = journal.takeEvents(Number.POSITIVE_INFINITY)
    expect(events.length).toBeLessThanOrEqual(100)
    expect(events.length).toBeGreaterThanOrEqual(90)
    expect(events.at(-1)?.at).toBe(1_000)
    state.verdict = eject(fitFrom(0), passivePolicy, 'x', 1_001)
    journal.note(state, 1_001)
    journal.putBackEvents(events)
    const all = journal.takeEvents(Number.POSITIVE_INFINITY)
    expect(all.length).toBeLessThanOrEqual(100)
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(all.at(-1)?.at).toBe(1_001)
  })

  test('hands over changes in portions, and none of an instance that is gone', () => {
    const journal = new HealthJournal()
    const states = ['a', 'b', 'c'].map((id) => new InstanceState(id, 'http://x', 0))
    for (const state of states) journal.note(state, 0)
    const [a, b, c] = states
    if (b !== undefined) journal.remove(b)
    expect(journal.takeChanged(1)).toEqual([a])
    expect(journal.takeChanged(5)).toEqual([c])
    expect(journal.removals).toBe(1)
  })
})
