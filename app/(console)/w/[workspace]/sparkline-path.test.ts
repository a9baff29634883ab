import { expect, test } from 'vitest'
import { sparklineShape } from './sparkline-path.ts'

test('draws nothing without data', () => {
  expect(sparklineShape([], 100, 20)).toBeNull()
  expect(sparklineShape([null, null], 100, 20)).toBeNull()
})

test('reaches from edge to edge, high values up', () => {
  expect(sparklineShape([0, 10], 104, 24)).toEqual({
    lines: ['M2 22L102 2'],
    dots: [],
    low: 0,
    high: 10,
    last: 10,
  })
})

test('keeps hours without data as gaps and lone hours as dots', () => {
  const shape = sparklineShape([1, 2, null, 3, null], 104, 24)
  expect(shape?.lines).toEqual(['M2 22L27 12'])
  expect(shape?.dots).toEqual([{ x: 77, y: 2 }])
  expect(shape?.last).toBe(3)
})

test('puts a flat line in the middle', () => {
  expect(sparklineShape([5, 5, 5], 104, 24)?.lines).toEqual(['M2 12L52 12L102 12'])
})
