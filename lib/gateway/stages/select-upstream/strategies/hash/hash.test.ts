import { describe, expect, test } from 'vitest'
import { createHash } from '@/lib/gateway/stages/select-upstream/strategies/hash/hash.ts'
import {
  describeStrategyContract,
  instanceOf,
  pickFor,
  requestFrom,
} from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'
import type { Strategy } from '@/lib/gateway/stages/select-upstream/strategy.ts'

describeStrategyContract('hash', (instances) => createHash(instances, 'client-address'), { isRamping: false })

describe('The hash strategy', () => {
  const instances = ['a', 'b', 'c', 'd'].map((id) => instanceOf(id))

  test('sends a key to the same instance every time, by header or by address', () => {
    const byHeader = createHash(instances, { header: 'X-User' })
    const first = pickFor(byHeader, requestFrom('1.1.1.1', ['x-user', 'u1']))
    expect(pickFor(byHeader, requestFrom('2.2.2.2', ['X-USER', 'u1']))).toBe(first)
    expect(pickFor(byHeader, requestFrom('u1'))).toBe(first)
  })

  const ten = Array.from({ length: 10 }, (_, index) => instanceOf(`ins_${index}`))
  const keys = Array.from({ length: 10_000 }, (_, index) => `user-${index}`)
  const placesOf = (strategy: Strategy) => keys.map((key) => pickFor(strategy, requestFrom(key))?.id)

  test('moves only the keys of an instance that goes', () => {
    const strategy = createHash(ten, 'client-address')
    const before = placesOf(strategy)
    const [gone] = ten
    if (gone !== undefined) gone.state.gate = 'shut'
    const after = placesOf(strategy)
    if (gone !== undefined) gone.state.gate = 'open'
    const moved = before.filter((place, index) => place !== after[index])
    expect(new Set(moved)).toEqual(new Set(['ins_0']))
    expect(moved.length).toBeLessThan(1_200)
  })

  test('moves only a fair share to an instance that comes, and only to it', () => {
    const before = placesOf(createHash(ten.slice(0, 9), 'client-address'))
    const after = placesOf(createHash(ten, 'client-address'))
    const movedTo = after.filter((place, index) => place !== before[index])
    expect(new Set(movedTo)).toEqual(new Set(['ins_9']))
    expect(movedTo.length).toBeGreaterThan(800)
    expect(movedTo.length).toBeLessThan(1_200)
  })

  test('moves nothing while an instance is fresh', () => {
    const strategy = createHash(ten, 'client-address')
    const before = placesOf(strategy)
    for (const { state } of ten) state.freshSince = 0
    expect(placesOf(strategy)).toEqual(before)
  })
})
