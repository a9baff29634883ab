import { expect, test } from 'vitest'
import { sumOfWeights, weightRepairs } from './weight-repairs.ts'

test('weights that sum to 100 need no repair', () => {
  expect(weightRepairs([70, 30])).toEqual([])
})

test('what is missing goes to the last row', () => {
  expect(weightRepairs([70, 20])).toEqual([
    { kind: 'even', weights: [50, 50] },
    { kind: 'give', weights: [70, 30], index: 1, amount: 10 },
  ])
})

test('what is too much is taken from the heaviest row', () => {
  expect(weightRepairs([80, 30]).at(-1)).toEqual({
    kind: 'take',
    weights: [70, 30],
    index: 0,
    amount: 10,
  })
})

test('an empty weight counts as 0', () => {
  expect(sumOfWeights([null, 40])).toBe(40)
  expect(weightRepairs([null]).at(-1)).toEqual({ kind: 'give', weights: [100], index: 0, amount: 100 })
})

test('no repair leaves what weights may not be', () => {
  expect(weightRepairs([99, 99, 99]).map(({ kind }) => kind)).toEqual(['even'])
  expect(weightRepairs([33.5, 33]).map(({ kind }) => kind)).toEqual(['even'])
})

test.each([1, 3, 7, 50])('an even split of %i sums to 100', (count) => {
  const [even] = weightRepairs(Array.from({ length: count }, () => 0))
  expect(sumOfWeights(even?.weights ?? [])).toBe(100)
})
