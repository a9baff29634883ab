import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { WeightDeck } from './weight-deck.ts'

function dealt(deck: WeightDeck, targets: number, calls: number): number[] {
  const counts = new Array<number>(targets).fill(0)
  for (let call = 0; call < calls; call += 1) {
    const index = deck.deal()
    counts[index] = (counts[index] ?? 0) + 1
  }
  return counts
}

test('10,000 calls are split as the weights say, to the call', () => {
  expect(dealt(new WeightDeck([70, 30]), 2, 10_000)).toEqual([7000, 3000])
  expect(dealt(new WeightDeck([1, 0, 99]), 3, 10_000)).toEqual([100, 0, 9900])
  expect(dealt(new WeightDeck([100]), 1, 10_000)).toEqual([10_000])
})

test('any weights hold at any time to within one deck', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 1000 }), (given, calls) => {
      const sum = given.reduce((total, weight) => total + weight, 0)
      fc.pre(sum > 0)
      const counts = dealt(new WeightDeck(given), given.length, calls)
      for (const [index, weight] of given.entries()) {
        const share = (weight * calls) / sum
        expect(Math.abs((counts[index] ?? 0) - share)).toBeLessThanOrEqual(weight)
      }
    }),
  )
})

test('decks are dealt in an order of their own', () => {
  const orders = Array.from({ length: 5 }, () => {
    const deck = new WeightDeck([50, 50])
    return Array.from({ length: 100 }, () => deck.deal()).join('')
  })
  expect(new Set(orders).size).toBe(5)
})
