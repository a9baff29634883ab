import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SlotRing, slotsPerWindow } from './slot-ring.ts'

describe('A ring of slots', () => {
  test('sums what a list of all times would sum', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 50 })))
    fc.assert(
      fc.property(steps, (offered) => {
        const ring = new SlotRing(1_000)
        const all: Array<{ slot: number; count: number }> = []
        let now = 5_000_000
        for (const [pauseMs, count] of offered) {
          now += pauseMs
          const slot = ring.advance(now)
          ring.add(slot, count)
          all.push({ slot, count })
          const within = all.filter((entry) => entry.slot > slot - slotsPerWindow)
          expect(ring.sum).toBe(within.reduce((sum, entry) => sum + entry.count, 0))
        }
      }),
    )
  })

  test('counts ahead, and keeps the count when its time comes', () => {
    const ring = new SlotRing(1_000, 9)
    const slot = ring.advance(1_000_000)
    ring.add(slot + 9, 5)
    ring.add(slot + 10, 7)
    expect(ring.sum).toBe(5)
    ring.advance(1_000_000 + 9 * 50)
    expect(ring.countOf(slot + 9)).toBe(5)
    ring.advance(1_000_000 + 28 * 50)
    expect(ring.sum).toBe(5)
    ring.advance(1_000_000 + 29 * 50)
    expect(ring.sum).toBe(0)
  })

  test('names the oldest slot that counts', () => {
    const ring = new SlotRing(1_000)
    expect(ring.oldest()).toBeNull()
    const slot = ring.advance(1_000_000)
    ring.add(slot, 1)
    ring.advance(1_000_700)
    expect(ring.oldest()).toBe(slot)
  })
})
