import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { GatewayError } from '@/lib/gateway/error.ts'
import { Fleet, type FleetPlan, noneTried } from '@/lib/gateway/runtime/fleet.ts'
import { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import type { FailureClass } from '@/lib/gateway/runtime/health/verdict.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { Waiter } from '@/lib/gateway/runtime/waiting-line.ts'
import { createRoundRobin } from '@/lib/gateway/stages/select-upstream/strategies/round-robin/round-robin.ts'
import { instanceOf, requestFrom } from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'
import { systemClock } from '@/lib/platform/clock.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

const request = requestFrom('10.0.0.1')

class Stand {
  readonly journal = new HealthJournal()
  readonly fleet = new Fleet(systemClock, this.journal)

  adopt(instances: readonly Instance[], overrides: Partial<FleetPlan> = {}): void {
    this.fleet.adopt({
      serial: this.fleet.nextSerial(),
      running: true,
      instances,
      strategy: createRoundRobin(instances),
      concurrency: null,
      passiveHealth: passivePolicy,
      panicThreshold: 0,
      ...overrides,
    })
  }

  fail(instance: Instance, times = passivePolicy.failures, kind: FailureClass = 'connect'): void {
    for (let time = 0; time < times; time++) {
      const failure = { class: kind, reason: 'Connection refused', isCounted: false }
      this.through(instance, (attempt) => this.fleet.judge.failed(instance.state, attempt, failure))
    }
  }

  succeed(instance: Instance): void {
    this.through(instance, (attempt) => this.fleet.judge.succeeded(instance.state, attempt))
  }

  rest(instance: Instance, ms: number): void {
    this.through(instance, (attempt) => this.fleet.judge.askedToRest(instance.state, attempt, ms, 429))
  }

  check(instance: Instance, state: 'ready' | 'unready'): void {
    const before = instance.state.health.state
    const reason = state === 'unready' ? 'Answered 500' : null
    instance.state.health = { state, reason, since: Date.now(), checkedAt: Date.now() }
    this.fleet.checked(instance.state, before)
  }

  through(instance: Instance, run: (attempt: object) => void): void {
    const attempt = {}
    this.fleet.take(instance.state, attempt)
    run(attempt)
    this.fleet.giveBack(instance.state, attempt)
  }

  picks(count = 20): string[] {
    const ids = Array.from({ length: count }, () => this.fleet.pick(request, noneTried)?.id ?? 'none')
    return [...new Set(ids)].sort()
  }
}

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

describe('The queue', () => {
  const busy = (id: string) => {
    const instance = instanceOf(id, 1, { requestsMax: 1 })
    return instance
  }
  const concurrency = { perInstance: 1, queueSize: 2, queueTimeoutMs: 1_000 }

  class Waiting implements Waiter {
    readonly request = request
    readonly tried: Waiter['tried']
    readonly stand: Stand
    got: string | null = null
    refused: string | null = null

    constructor(stand: Stand, tried: readonly Instance[] = []) {
      this.stand = stand
      this.tried = tried.map(({ state }) => state)
      stand.fleet.join(this)
    }

    grant(instance: Instance): void {
      this.got = instance.id
      this.stand.fleet.take(instance.state, this)
    }

    refuse(error: GatewayError): void {
      this.refused = error.code
    }
  }

  test('hands each place that becomes free to the first in line', () => {
    const stand = new Stand()
    const [a, b] = [busy('a'), busy('b')]
    stand.adopt([a, b], { concurrency })
    const [one, two] = [{}, {}]
    stand.fleet.take(a.state, one)
    stand.fleet.take(b.state, two)
    const [first, second] = [new Waiting(stand), new Waiting(stand)]
    expect([stand.fleet.waiting, stand.fleet.queueTimeoutMs]).toEqual([2, null])
    stand.fleet.giveBack(b.state, two)
    expect([first.got, second.got]).toEqual(['b', null])
    stand.fleet.giveBack(a.state, one)
    expect(second.got).toBe('a')
    expect([a.state.requestsInFlight, b.state.requestsInFlight, stand.fleet.waiting]).toEqual([1, 1, 0])
  })

  test('lets those behind pass one that cannot use the place, and puts repetitions first', () => {
    const stand = new Stand()
    const [a, b] = [busy('a'), busy('b')]
    stand.adopt([a, b], { concurrency })
    const [one, two] = [{}, {}]
    stand.fleet.take(a.state, one)
    stand.fleet.take(b.state, two)
    const fresh = new Waiting(stand)
    const repeating = new Waiting(stand, [a])
    stand.fleet.giveBack(a.state, one)
    expect([repeating.got, fresh.got]).toEqual([null, 'a'])
    const later = new Waiting(stand)
    stand.fleet.giveBack(b.state, two)
    expect([repeating.got, later.got]).toEqual(['b', null])
  })

  test('moves on when instances come, recover, or may take more', () => {
    const stand = new Stand()
    const [a, b] = [busy('a'), busy('b')]
    stand.adopt([a], { concurrency })
    stand.fleet.take(a.state, {})
    const first = new Waiting(stand)
    stand.adopt([a, b], { concurrency })
    expect(first.got).toBe('b')

    const second = new Waiting(stand)
    stand.adopt([{ ...a, requestsMax: 2 }, b], { concurrency })
    expect(second.got).toBe('a')

    const c = busy('c')
    stand.check(c, 'unready')
    stand.adopt([a, b, c], { concurrency })
    const third = new Waiting(stand)
    expect(third.got).toBeNull()
    stand.check(c, 'ready')
    expect(third.got).toBe('c')
  })

  test('moves on when an ejection ends', () => {
    const stand = new Stand()
    const [a, b] = [busy('a'), busy('b')]
    stand.adopt([a, b], { concurrency })
    stand.fail(a)
    stand.fleet.take(b.state, {})
    const waiting = new Waiting(stand)
    vi.advanceTimersByTime(10_000)
    expect(waiting.got).toBe('a')
    expect(a.state.probe).toBe(waiting)
  })

  test('is sent away when nothing is left to wait for', () => {
    const stand = new Stand()
    const [a, b] = [busy('a'), busy('b')]
    stand.adopt([a, b], { concurrency })
    stand.fleet.take(a.state, {})
    stand.fleet.take(b.state, {})
    const [all, repeating] = [new Waiting(stand), new Waiting(stand, [a])]
    stand.check(b, 'unready')
    expect([all.refused, repeating.refused]).toEqual([null, 'no_ready_instance'])
    stand.check(a, 'unready')
    expect(all.refused).toBe('no_ready_instance')
  })

  test('is sent away when the service stops or goes', () => {
    const stand = new Stand()
    const a = busy('a')
    stand.adopt([a], { concurrency })
    stand.fleet.take(a.state, {})
    const first = new Waiting(stand)
    stand.adopt([a], { concurrency, running: false })
    expect(first.refused).toBe('service_stopped')
    stand.adopt([a], { concurrency })
    const second = new Waiting(stand)
    stand.fleet.close()
    expect([second.refused, stand.fleet.queueTimeoutMs]).toEqual(['no_ready_instance', null])
  })
})
