import { describe, expect, test } from 'vitest'
import { RateWindows } from '@/lib/counters/rate-windows.ts'
import { buildService } from '@/lib/gateway/runtime/build-service.ts'
import { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import {
  makeInstance,
  makeService,
  makeSnapshot,
  passivePolicy,
} from '@/lib/gateway/testing/make-snapshot.ts'
import { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { InferenceServiceSnapshot } from '@/lib/snapshot/snapshot.ts'

class Stand {
  readonly shared: SharedState = {
    pools: new UpstreamPools(),
    instances: new InstanceRegistry(systemClock),
    windows: new RateWindows(systemClock, null),
  }

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
    const request = { clientAddress: '10.0.0.9', headers: { endToEnd: [] } }
    expect(old.fleet.pick(request as never, [])?.id).toBe(fresh.instances[0]?.id)
  })
})
