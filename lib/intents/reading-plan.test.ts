import { describe, expect, it } from 'vitest'
import { planReading, unitsReadMax } from './reading-plan.ts'

describe('planReading', () => {
  it('reads a short text whole, in one stretch', () => {
    expect(planReading(0)).toEqual([{ start: 0, end: 0, weight: 3 }])
    expect(planReading(400)).toEqual([{ start: 0, end: 400, weight: 3 }])
  })

  it.each([401, 1_000, 1_999, 2_000, 2_001, 5_000, 1_000_000])('reads each unit once: %i', (length) => {
    const stretches = [...planReading(length)].sort((a, b) => a.start - b.start)
    const units = stretches.reduce((sum, { start, end }) => sum + end - start, 0)
    expect(units).toBe(Math.min(length, unitsReadMax))
    expect(stretches[0]?.start).toBe(0)
    expect(stretches.at(-1)?.end).toBe(length)
    stretches.forEach(({ start, end }, place) => {
      expect(end).toBeGreaterThanOrEqual(start)
      expect(start).toBeGreaterThanOrEqual(stretches[place - 1]?.end ?? 0)
    })
  })

  it('lets the beginning and the end count more than what is between', () => {
    const [opening, closing, between] = planReading(1_500)
    expect(opening?.weight).toBe(closing?.weight)
    expect(between?.weight).toBeLessThan(opening?.weight ?? 0)
  })
})
