import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { GatewayError } from '@/lib/gateway/error.ts'
import { Fleet } from '@/lib/gateway/runtime/fleet.ts'
import { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import { NodeShares } from '@/lib/gateway/runtime/node-shares.ts'
import type { Waiter } from '@/lib/gateway/runtime/waiting-line.ts'
import { createRoundRobin } from '@/lib/gateway/stages/select-upstream/strategies/round-robin/round-robin.ts'
import { instanceOf, requestFrom } from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'
import { Stand } from '@/lib/gateway/testing/fleet-stand.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'
import { systemClock } from '@/lib/platform/clock.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

const request = requestFrom('10.0.0.1')
const policy = { ...passivePolicy, failures: 1, window: 1 }

class Call implements Waiter {
  readonly request = request
  readonly tried: Waiter['tried']
  readonly fleet: Fleet
  readonly number: number
  at: Instance | null = null
  isWaiting = true

  constructor(fleet: Fleet, number: number, tried: readonly Instance[]) {
    this.fleet = fleet
    this.number = number
    this.tried = tried.map(({ state }) => state)
    fleet.join(this)
  }

  grant(instance: Instance): void {
    expect(instance.state.requestsInFlight).toBeLessThan(instance.requestsMax.now)
    this.isWaiting = false
    this.at = instance
    this.fleet.take(instance.state, this)
  }

  refuse(): void {
    this.isWaiting = false
  }
}

/** Everything that can happen to a queue, in a random order that a seed repeats. */
class Weather {
  readonly #shares = new NodeShares()
  readonly fleet = new Fleet(systemClock, new HealthJournal(), this.#shares)
  readonly instances = Array.from({ length: 5 }, (_, index) => instanceOf(`ins_${index}`))
  calls: Call[] = []
  #seed: number
  #number = 0

  constructor(seed: number) {
    this.#seed = seed
    this.swap()
  }

  below(limit: number): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647
    return this.#seed % limit
  }

  swap(): void {
    const perInstance = 1 + this.below(4)
    const requestsMax = this.#shares.of(perInstance)
    const instances = this.instances
      .filter(() => this.below(4) > 0)
      .map((instance) => ({ ...instance, weight: this.below(6) === 0 ? 0 : 1, requestsMax }))
    this.fleet.adopt({
      serial: this.fleet.nextSerial(),
      running: this.below(20) > 0,
      instances,
      strategy: createRoundRobin(instances),
      concurrency: { perInstance, queueSize: 50, queueTimeoutMs: 1_000 },
      passiveHealth: policy,
      panicThreshold: this.below(2) * 50,
    })
  }

  step(): void {
    const served = this.calls.filter(({ at }) => at !== null)
    const one = served[this.below(Math.max(served.length, 1))]
    const some = this.instances[this.below(5)] as Instance
    switch (this.below(9)) {
      case 0:
      case 1: {
        this.#number += 1
        const call = new Call(this.fleet, this.#number, this.below(5) === 0 ? [some] : [])
        this.calls.push(call)
        break
      }
      case 2:
      case 3:
        if (one !== undefined) this.#end(one, () => {})
        break
      case 4:
        if (one !== undefined) this.#end(one, (state) => this.fleet.judge.succeeded(state, one))
        break
      case 5: {
        const failure = { class: 'connect', reason: 'x', isCounted: false } as const
        if (one !== undefined) this.#end(one, (state) => this.fleet.judge.failed(state, one, failure))
        break
      }
      case 6: {
        const before = some.state.health
        const state = before.state === 'unready' ? 'ready' : 'unready'
        some.state.health = { state, reason: null, since: 0, checkedAt: 0 }
        this.fleet.checked(some.state, before.state)
        break
      }
      case 7:
        this.#shares.divideAmong(1 + this.below(3))
        this.fleet.pump()
        break
      default:
        if (this.below(3) === 0) this.swap()
        else vi.advanceTimersByTime(this.below(20_000))
    }
    this.calls = this.calls.filter(({ isWaiting, at }) => isWaiting || at !== null)
  }

  #end(call: Call, judge: (state: Instance['state']) => void): void {
    const { at } = call
    if (at === null) return
    call.at = null
    judge(at.state)
    this.fleet.giveBack(at.state, call)
  }
}

test.each(Array.from({ length: 40 }, (_, index) => 1 + index * 7_919))(
  'whatever happens, nobody waits while there is room, and nobody overtakes (seed %i)',
  (seed) => {
    const weather = new Weather(seed)
    let longest = 0
    for (let step = 0; step < 400; step++) {
      const before = weather.calls.filter(({ isWaiting }) => isWaiting)
      weather.step()
      const waiting = weather.calls.filter(({ isWaiting }) => isWaiting)
      longest = Math.max(longest, waiting.length)
      expect(weather.fleet.waiting).toBe(waiting.length)
      for (const { tried } of waiting) {
        expect(weather.fleet.pick(request, tried)).toBeNull()
        expect(weather.fleet.canServe(tried)).toBe(true)
      }
      const firstFresh = before.find(({ tried, isWaiting }) => tried.length === 0 && isWaiting)
      const overtaken = before.filter(
        ({ at, tried, number }) =>
          at !== null && tried.length === 0 && number > (firstFresh?.number ?? Infinity),
      )
      expect(overtaken).toEqual([])
    }
    expect(longest).toBeGreaterThan(0)
    const inFlight = weather.instances.reduce((sum, { state }) => sum + state.requestsInFlight, 0)
    expect(inFlight).toBe(weather.calls.filter(({ at }) => at !== null).length)
  },
)

describe('The queue', () => {
  const busy = (id: string) => {
    const instance = instanceOf(id, 1, { requestsMax: { now: 1 } })
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
    stand.adopt([{ ...a, requestsMax: { now: 2 } }, b], { concurrency })
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
