import { describe, expect, test } from 'vitest'
import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'
import { createStrategy } from '@/lib/gateway/stages/select-upstream/registry.ts'
import { selectUpstream } from '@/lib/gateway/stages/select-upstream/select-upstream.ts'
import { instanceOf, requestFrom } from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'

function routeTo(instances: readonly Instance[], running = true): Route {
  const strategy = createStrategy({ strategy: 'round-robin' }, instances)
  return { request: requestFrom('10.0.0.1'), service: { running, instances, strategy } } as unknown as Route
}

const unready = (instance: Instance) => {
  instance.state.health = { state: 'unready', reason: 'Answered 500', since: 0, checkedAt: 0 }
  return instance
}

describe('Selection', () => {
  test('takes unknown and ready instances alike, never unready ones', () => {
    const [a, b] = [instanceOf('a'), unready(instanceOf('b'))]
    for (let index = 0; index < 5; index++) expect(selectUpstream(routeTo([a, b]), [], 0)).toBe(a)
  })

  test('gives nothing new to an instance of weight 0', () => {
    expect(() => selectUpstream(routeTo([instanceOf('a', 0)]), [], 0)).toThrow('No instance')
  })

  test('leaves out what was tried', () => {
    const [a, b] = [instanceOf('a'), instanceOf('b')]
    expect(selectUpstream(routeTo([a, b]), [a], 0)).toBe(b)
    expect(() => selectUpstream(routeTo([a, b]), [a, b], 0)).toThrow('No instance')
  })

  test('avoids for a moment what could not be dialled, unless nothing else is left', () => {
    const [a, b] = [instanceOf('a'), instanceOf('b')]
    a.state.avoidUntil = 1_000
    const route = routeTo([a, b])
    expect([1, 2, 3].map(() => selectUpstream(route, [], 999).id)).toEqual(['b', 'b', 'b'])
    expect(selectUpstream(route, [b], 999)).toBe(a)
    expect([1, 2].map(() => selectUpstream(route, [], 1_000).id).sort()).toEqual(['a', 'b'])
  })

  test('refuses for a service that is stopped, and when every instance is unready', () => {
    expect(() => selectUpstream(routeTo([instanceOf('a')], false), [], 0)).toThrow('stopped')
    expect(() => selectUpstream(routeTo([unready(instanceOf('a'))]), [], 0)).toThrow('No instance')
  })
})
