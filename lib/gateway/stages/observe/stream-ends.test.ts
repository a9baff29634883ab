import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StreamEnds } from '@/lib/gateway/stages/observe/stream-ends.ts'

test('both ends of any stream are kept, however it is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 30 }), (sizes) => {
      const whole = Buffer.alloc(sizes.reduce((sum, size) => sum + size, 0))
      for (let index = 0; index < whole.length; index++) whole[index] = (index * 7 + (index >> 8)) & 255
      const ends = new StreamEnds()
      let at = 0
      for (const size of sizes) {
        ends.push(whole.subarray(at, at + size))
        at += size
      }
      expect(ends.head.equals(whole.subarray(0, 2_048))).toBe(true)
      expect(ends.tail.length).toBeGreaterThanOrEqual(Math.min(whole.length, 4_096))
      expect(ends.tail.length).toBeLessThanOrEqual(6_144)
      expect(ends.tail.equals(whole.subarray(whole.length - ends.tail.length))).toBe(true)
    }),
    { numRuns: 200 },
  )
})
