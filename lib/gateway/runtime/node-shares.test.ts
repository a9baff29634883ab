import { expect, test } from 'vitest'
import { NodeShares } from '@/lib/gateway/runtime/node-shares.ts'

test('a node alone has the whole limit', () => {
  const shares = new NodeShares()
  expect([0, 1, 7, Number.POSITIVE_INFINITY].map((whole) => shares.of(whole).now)).toEqual([
    0,
    1,
    7,
    Number.POSITIVE_INFINITY,
  ])
})

test.each([
  [2, [0, 1, 4, 32]],
  [3, [0, 1, 3, 22]],
  [64, [0, 1, 1, 1]],
])('%i nodes have a part each, rounded up; none of none', (nodes, parts) => {
  const shares = new NodeShares()
  const before = [0, 1, 7, 64].map((whole) => shares.of(whole))
  shares.divideAmong(nodes)
  expect(before.map(({ now }) => now)).toEqual(parts)
  expect([0, 1, 7, 64].map((whole) => shares.of(whole).now)).toEqual(parts)
  shares.divideAmong(1)
  expect(before.map(({ now }) => now)).toEqual([0, 1, 7, 64])
})

test('what has no limit stays without one', () => {
  const shares = new NodeShares()
  shares.divideAmong(3)
  expect(shares.of(Number.POSITIVE_INFINITY).now).toBe(Number.POSITIVE_INFINITY)
})
