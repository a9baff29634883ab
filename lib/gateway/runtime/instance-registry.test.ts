import { describe, expect, test } from 'vitest'
import { buildService } from '@/lib/gateway/runtime/build-service.ts'
import { createSharedState } from '@/lib/gateway/runtime/shared-state.ts'
import {
  makeInstance,
  makeService,
  makeSnapshot,
  passivePolicy,
} from '@/lib/gateway/testing/make-snapshot.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

const request = { clientAddress: '10.0.0.9', headers: { endToEnd: [] } } as never

class Stand {
  readonly shared = createSharedState(systemClock)

  build(service: Partial<InferenceServiceSnapshot>) {
    const releases: Array<() => void> = []
    const built = buildService(makeSnapshot(), makeService(service), this.shared, [], releases)
    built.fleet.adopt(built)
    return { ...built, release: () => releases.reverse().forEach((release) => void release()) }
  }
}

const urls = (...ports: number[]) => ports.map((port) => makeInstance(`http://10.0.0.1:${port}`))

describe('The registry', () => {
  test('keeps the fleet of a service and the states of its instances over snapshots', () => {
    const stand = new Stand()
    const first = stand.build({ instances: urls(1, 2), passiveHealth: passivePolicy })
    const second = stand.build({ instances: urls(2, 3), passiveHealth: passivePolicy })
    first.release()
    expect(second.fleet).toBe(first.fleet)
    expect(second.instances[0]?.state).toBe(first.instances[1]?.state)
    expect(stand.shared.instances.journal.removals).toBe(1)
    expect(first.instances[0]?.state.window).toBeNull()
    expect(second.instances[0]?.state.window).not.toBeNull()
  })

  test('takes an instance at another address for another one', () => {
    const stand = new Stand()
    const first = stand.build({ instances: [makeInstance('http://10.0.0.1:1', { id: 'ins_a' })] })
    const second = stand.build({ instances: [makeInstance('http://10.0.0.1:2', { id: 'ins_a' })] })
    expect(second.instances[0]?.state).not.toBe(first.instances[0]?.state)
  })

  test('judges an instance that two services share once for each', () => {
    const stand = new Stand()
    const one = stand.build({ id: 'eas_1', name: 'one', instances: urls(1) })
    const two = stand.build({ id: 'eas_2', name: 'two', instances: urls(1) })
    expect(one.instances[0]?.state).not.toBe(two.instances[0]?.state)
  })

  test('forgets a service that no snapshot has, so that it starts anew when it comes back', () => {
    const stand = new Stand()
    const first = stand.build({ instances: urls(1, 2) })
    first.release()
    const again = stand.build({ instances: urls(1, 2) })
    expect(again.fleet).not.toBe(first.fleet)
    expect(again.instances[0]?.state).not.toBe(first.instances[0]?.state)
  })

  test('lets the newest snapshot win, whichever is asked last', () => {
    const stand = new Stand()
    const old = stand.build({ instances: urls(1) })
    const fresh = stand.build({ instances: urls(2) })
    old.fleet.adopt(old)
    expect(old.fleet.pick(request, [])?.id).toBe(fresh.instances[0]?.id)
  })

  test('divides limits among the nodes: who waits goes on when one leaves, nothing is broken off when one comes', () => {
    const stand = new Stand()
    stand.shared.instances.divideAmong(3)
    const concurrency = { perInstance: 4, queueSize: 4, queueTimeoutMs: 1_000 }
    const { fleet, instances } = stand.build({ instances: urls(1), concurrency })
    const [instance] = instances
    if (instance === undefined) throw new Error('An instance was built.')
    const ended: object[] = []
    const granted: object[] = []
    const wait = () => {
      const waiter = {
        request,
        tried: [],
        grant: () => {
          fleet.take(instance.state, waiter)
          granted.push(waiter)
        },
        refuse: (error: object) => void ended.push(error),
      }
      fleet.join(waiter)
    }
    const places: Array<number | null> = []
    for (let index = 0; index < 4; index++) {
      places.push(fleet.queueTimeoutMs)
      wait()
    }
    // Two of four at the instance, two of four in the queue.
    expect(places).toEqual([1_000, 1_000, 1_000, 1_000])
    expect([granted.length, fleet.waiting, fleet.queueTimeoutMs]).toEqual([2, 2, null])

    stand.shared.instances.divideAmong(1)
    expect([granted.length, fleet.waiting, fleet.queueTimeoutMs]).toEqual([4, 0, 1_000])
    stand.shared.instances.divideAmong(2)
    wait()
    const [first, second, third] = granted
    for (const attempt of [first, second]) fleet.giveBack(instance.state, attempt ?? {})
    expect([instance.state.requestsInFlight, fleet.waiting]).toEqual([2, 1])
    fleet.giveBack(instance.state, third ?? {})
    expect([instance.state.requestsInFlight, fleet.waiting, ended]).toEqual([2, 0, []])
  })
})
