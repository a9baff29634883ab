import { describe, expect, test } from 'vitest'
import { Fleet } from '@/lib/gateway/runtime/fleet.ts'
import { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import { NodeShares } from '@/lib/gateway/runtime/node-shares.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'
import { createStrategy } from '@/lib/gateway/stages/select-upstream/registry.ts'
import { selectUpstream } from '@/lib/gateway/stages/select-upstream/select-upstream.ts'
import { instanceOf, requestFrom } from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'

function routeTo(instances: readonly Instance[], { running = true, now = () => Date.now() } = {}): Route {
  const fleet = new Fleet({ now }, new HealthJournal(), new NodeShares())
  const service = {
    running,
    instances,
    strategy: createStrategy({ strategy: 'round-robin' }, instances),
    fleet,
    serial: fleet.nextSerial(),
    concurrency: { perInstance: 1, queueSize: 1, queueTimeoutMs: 1_000 },
    passiveHealth: null,
    panicThreshold: 50,
  }
  return { request: requestFrom('10.0.0.1'), service } as unknown as Route
}

const unready = (instance: Instance) => {
  instance.state.health = { state: 'unready', reason: 'Answered 500', since: 0, checkedAt: 0 }
  return instance
}

describe('Selection', () => {
  test('takes unknown and ready instances alike, never unready ones', () => {
    const [a, b] = [instanceOf('a'), unready(instanceOf('b'))]
    for (let index = 0; index < 5; index++) expect(selectUpstream(routeTo([a, b]), [])).toBe(a)
  })

  test('gives nothing new to an instance of weight 0', () => {
    expect(() => selectUpstream(routeTo([instanceOf('a', 0)]), [])).toThrow('No instance')
  })

  test('leaves out what was tried', () => {
    const [a, b] = [instanceOf('a'), instanceOf('b')]
    expect(selectUpstream(routeTo([a, b]), [a.state])).toBe(b)
    expect(() => selectUpstream(routeTo([a, b]), [a.state, b.state])).toThrow('No instance')
  })

  test('avoids for a moment what could not be dialled, unless nothing else is left', () => {
    let now = 0
    const [a, b] = [instanceOf('a'), instanceOf('b')]
    const route = routeTo([a, b], { now: () => now })
    selectUpstream(route, [])
    route.service.fleet.avoid(a.state, 1_000)
    now = 999
    expect([1, 2, 3].map(() => selectUpstream(route, [])?.id)).toEqual(['b', 'b', 'b'])
    expect(selectUpstream(route, [b.state])).toBe(a)
    now = 1_000
    expect([1, 2].map(() => selectUpstream(route, [])?.id).sort()).toEqual(['a', 'b'])
  })

  test('refuses for a service that is stopped, and when every instance is unready', () => {
    expect(() => selectUpstream(routeTo([instanceOf('a')], { running: false }), [])).toThrow('stopped')
    expect(() => selectUpstream(routeTo([unready(instanceOf('a'))]), [])).toThrow('No instance')
  })

  test('asks to wait while all that could serve are full', () => {
    const [a, b] = [instanceOf('a', 1, { requestsMax: { now: 1 } }), unready(instanceOf('b'))]
    const route = routeTo([a, b])
    a.state.requestsInFlight = 1
    expect(selectUpstream(route, [])).toBeNull()
    expect(() => selectUpstream(route, [a.state])).toThrow('No instance')
  })
})
