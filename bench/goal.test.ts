import { expect, test } from 'vitest'
import { verdictOn } from './goal.ts'
import { growthOf } from './soak.ts'

const less = { name: 'pause', unit: 'ms', reach: 25, aim: 5, better: 'less' } as const
const more = { name: 'streams', unit: '', reach: 512, aim: 2_000, better: 'more' } as const

test.each([
  [less, 5, 'aim'],
  [less, 5.1, 'reached'],
  [less, 25.1, 'missed'],
  [more, 2_000, 'aim'],
  [more, 512, 'reached'],
  [more, 0, 'missed'],
  [more, null, 'not measured'],
  [less, Number.NaN, 'not measured'],
] as const)('%o measured %s is %s', (goal, measured, verdict) => {
  expect(verdictOn({ ...goal, measured })).toBe(verdict)
})

test('a soak grows from the minute after its settling to its last', () => {
  const curve = [100, 150, 180, 190, 199, 200, 204, 206].map((residentBytes) => ({ residentBytes }))
  expect(growthOf(curve)).toBeCloseTo((206 / 199 - 1) * 100)
  expect(growthOf([...curve, { residentBytes: 210 }, { residentBytes: 210 }])).toBeCloseTo(5)
  expect(growthOf([])).toBeNaN()
})
