import { expect, test } from 'vitest'
import { createRoundRobin } from '@/lib/gateway/stages/select-upstream/strategies/round-robin/round-robin.ts'
import {
  describeStrategyContract,
  instanceOf,
  pickFor,
  requestFrom,
} from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'

describeStrategyContract('round robin', createRoundRobin)

test('interleaves smoothly instead of sending runs', () => {
  const strategy = createRoundRobin([instanceOf('a', 5), instanceOf('b', 1), instanceOf('c', 1)])
  const order = Array.from({ length: 7 }, () => pickFor(strategy, requestFrom('x'))?.id)
  expect(order.join('')).toBe('aabacaa')
})
