import { expect, test } from 'vitest'
import { FullJitter } from './full-jitter.ts'

test('doubles its ceiling up to the last and starts over after a success', () => {
  const jitter = new FullJitter(250, 15_000, () => 1)
  expect(Array.from({ length: 8 }, () => jitter.next())).toEqual([
    250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
  ])
  jitter.reset()
  expect(jitter.next()).toBe(250)
})

test('spreads over the whole range below the ceiling', () => {
  expect(new FullJitter(250, 15_000, () => 0).next()).toBe(0)
  expect(new FullJitter(250, 15_000, () => 0.5).next()).toBe(125)
})
