import { describe, expect, test } from 'vitest'
import { createHash } from '@/lib/gateway/stages/select-upstream/strategies/hash/hash.ts'
import {
  describeStrategyContract,
  instanceOf,
  requestFrom,
} from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'

describeStrategyContract('hash', (instances) => createHash(instances, 'client-address'))

describe('The hash strategy', () => {
  const instances = ['a', 'b', 'c', 'd'].map((id) => instanceOf(id))
  const keys = Array.from({ length: 4_000 }, (_, index) => `user-${index}`)

  test('sends a key to the same instance every time, by header or by address', () => {
    const byHeader = createHash(instances, { header: 'X-User' })
    const first = byHeader.pick(requestFrom('1.1.1.1', ['x-user', 'u1']), () => true)
    expect(byHeader.pick(requestFrom('2.2.2.2', ['X-USER', 'u1']), () => true)).toBe(first)
    expect(byHeader.pick(requestFrom('u1'), () => true)).toBe(first)
  })

  test('moves only the keys of an instance that goes', () => {
    const strategy = createHash(instances, 'client-address')
    for (const key of keys) {
      const before = strategy.pick(requestFrom(key), () => true)
      const after = strategy.pick(requestFrom(key), ({ id }) => id !== 'd')
      if (before?.id !== 'd') expect(after).toBe(before)
    }
  })

  test('moves only a fair share to an instance that comes', () => {
    const before = createHash(instances.slice(0, 3), 'client-address')
    const after = createHash(instances, 'client-address')
    const moved = keys.filter((key) => {
      const [was, is] = [before, after].map((strategy) => strategy.pick(requestFrom(key), () => true)?.id)
      return was !== is
    })
    expect(moved.length / keys.length).toBeGreaterThan(0.2)
    expect(moved.length / keys.length).toBeLessThan(0.3)
  })
})
