import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import { instanceOf } from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'
import { Stand } from '@/lib/gateway/testing/fleet-stand.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

const three = () => ['a', 'b', 'c'].map((id) => instanceOf(id)) as [Instance, Instance, Instance]

describe('An instance that fails', () => {
  test('is taken out, says why, and is let back by one probe', () => {
    const stand = new Stand()
    const [a, b, c] = three()
    stand.adopt([a, b, c])
    stand.succeed(a)
    stand.fail(a)
    expect(stand.picks()).toEqual(['b', 'c'])
    expect(a.state.noted).toMatchObject({
      state: 'ejected',
      reason: '3 of the last 4 answers failed: connection refused',
      until: Date.now() + 10_000,
    })
    vi.advanceTimersByTime(9_999)
    expect(stand.picks()).toEqual(['b', 'c'])
    vi.advanceTimersByTime(1)
    expect(a.state.noted?.state).toBe('probing')
    expect(stand.picks()).toEqual(['a', 'b', 'c'])
    const probe = {}
    stand.fleet.take(a.state, probe)
    expect(stand.picks()).toEqual(['b', 'c'])
    stand.fleet.judge.succeeded(a.state, probe)
    expect(a.state.noted).toMatchObject({ state: 'ready', reason: null })
    expect(stand.picks()).toEqual(['a', 'b', 'c'])
    const states = stand.journal.takeEvents(10).map(({ state }) => state)
    expect(states).toEqual(['ejected', 'probing', 'ready'])
    expect(stand.fleet.counts.ejections).toEqual({ connect: 1, timeout: 0, serverError: 0 })
  })

  test('is out twice as long when its probe fails', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    stand.fail(a)
    vi.advanceTimersByTime(10_000)
    stand.fail(a, 1)
    expect(a.state.noted).toMatchObject({
      state: 'ejected',
      reason: 'The probe failed: connection refused',
      until: Date.now() + 20_000,
    })
  })

  test('is probed by the next request when a probe ends without an outcome', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    stand.fail(a)
    vi.advanceTimersByTime(10_000)
    stand.through(a, () => {})
    expect(a.state.noted?.state).toBe('probing')
    expect(stand.picks()).toEqual(['a', 'b'])
  })

  test('is judged by its probe, not by what was under way before', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    const old = {}
    stand.fleet.take(a.state, old)
    stand.fail(a)
    vi.advanceTimersByTime(10_000)
    const failure = { class: 'connect', reason: 'x', isCounted: false } as const
    stand.fleet.judge.failed(a.state, old, failure)
    stand.fleet.judge.succeeded(a.state, old)
    expect(a.state.noted?.state).toBe('probing')
  })

  test('stays in when the policy does not count its kind of failure', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b], { passiveHealth: { ...passivePolicy, on: { ...passivePolicy.on, timeout: false } } })
    stand.fail(a, 20, 'timeout')
    expect(stand.picks()).toEqual(['a', 'b'])
  })

  test('is never taken out when it is the last', () => {
    const stand = new Stand()
    const [a, b, c] = three()
    stand.adopt([a, b, c])
    stand.check(c, 'unready')
    stand.fail(a)
    stand.fail(b, 20)
    expect(stand.picks()).toEqual(['b'])
    stand.rest(b, 5_000)
    expect(stand.picks()).toEqual(['b'])
  })

  test('serves all the same once nothing else is left, because checks took the rest out', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    stand.fail(a)
    stand.check(b, 'unready')
    expect(stand.fleet.isPanicking).toBe(true)
    expect(stand.picks()).toEqual(['a'])
    expect(a.state.noted?.reason).toContain('serves all the same')
  })

  test('keeps its verdict over a swap, and loses it with the policy', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    stand.fail(a)
    stand.adopt([{ ...a, weight: 5 }, b])
    expect(stand.picks()).toEqual(['b'])
    stand.adopt([a, b], { passiveHealth: null })
    expect(stand.picks()).toEqual(['a', 'b'])
    expect(a.state.noted?.state).toBe('unknown')
    vi.advanceTimersByTime(60_000)
    expect(a.state.noted?.state).toBe('unknown')
  })
})

describe('An instance that asks for a rest', () => {
  test('gets it, and comes back by itself', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    stand.rest(a, 30_000)
    expect(a.state.noted).toMatchObject({ state: 'paused', reason: 'Asked to wait 30 s (429)' })
    expect(stand.picks()).toEqual(['b'])
    vi.advanceTimersByTime(30_000)
    expect(stand.picks()).toEqual(['a', 'b'])
    expect(stand.fleet.counts.pauses).toBe(1)
  })

  test('gets none where the policy says so', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b], { passiveHealth: { ...passivePolicy, pauseOnRetryAfter: false } })
    stand.rest(a, 30_000)
    expect(stand.picks()).toEqual(['a', 'b'])
  })
})

describe('Checks and traffic', () => {
  test('are two things: a passing check does not end an ejection', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    stand.check(a, 'ready')
    stand.fail(a)
    stand.check(a, 'ready')
    expect(a.state.noted?.state).toBe('ejected')
  })

  test('agree on a fresh start when a check calls an instance back', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b])
    stand.fail(a)
    stand.check(a, 'unready')
    stand.check(a, 'ready')
    expect(a.state.noted?.state).toBe('ready')
    expect(a.state.freshSince).toBe(Date.now())
    stand.fail(a, 2)
    expect(a.state.noted?.state).toBe('ready')
  })
})

describe('Panic', () => {
  test('disregards what traffic taught, never what checks say', () => {
    const stand = new Stand()
    const all = ['a', 'b', 'c', 'd'].map((id) => instanceOf(id))
    const [a, b, c, d] = all as [Instance, Instance, Instance, Instance]
    stand.adopt(all, { panicThreshold: 50 })
    stand.fail(a)
    stand.rest(b, 60_000)
    expect(stand.fleet.isPanicking).toBe(false)
    expect(stand.picks()).toEqual(['c', 'd'])
    stand.check(d, 'unready')
    expect(stand.fleet.isPanicking).toBe(true)
    expect(stand.picks()).toEqual(['a', 'b', 'c'])
    expect(a.state.noted?.reason).toContain('serves all the same')
    stand.check(d, 'ready')
    expect(stand.fleet.isPanicking).toBe(false)
    expect(stand.picks()).toEqual(['c', 'd'])
    expect(a.state.noted?.reason).not.toContain('serves all the same')
    expect(c.state.noted?.reason).toBeNull()
  })

  test('does not count instances without weight', () => {
    const stand = new Stand()
    const [a, b] = three()
    stand.adopt([a, b, instanceOf('drained', 0)], { panicThreshold: 50 })
    stand.fail(a)
    expect(stand.fleet.isPanicking).toBe(false)
  })
})

describe('Slow start', () => {
  test('is for instances that come to others, not for those that came first', () => {
    const stand = new Stand()
    const [a, b, c] = three()
    stand.adopt([a, b])
    expect([a.state.freshSince, b.state.freshSince]).toEqual([null, null])
    stand.adopt([a, b, c])
    expect([a.state.freshSince, c.state.freshSince]).toEqual([null, Date.now()])
  })

  test('is for those that come back from an ejection, not from a rest', () => {
    const stand = new Stand()
    const [a, b, c] = three()
    stand.adopt([a, b, c])
    stand.fail(a)
    stand.rest(b, 1_000)
    vi.advanceTimersByTime(10_000)
    stand.succeed(a)
    expect([a.state.freshSince, b.state.freshSince]).toEqual([Date.now(), null])
  })
})
