import { beforeEach, describe, expect, test } from 'vitest'
import type { RateWindow } from '@/lib/counters/rate-window.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/** Times around which nothing is rounded: slots begin at multiples of 50 ms. */
const start = 1_700_000_000_000

export function describeRateWindowContract(name: string, create: (clock: Clock) => RateWindow): void {
  describe(`${name} honours the contract of windows`, () => {
    let now = start
    let window: RateWindow

    beforeEach(() => {
      now = start
      window = create({ now: () => now })
    })

    async function admits(limit: number): Promise<boolean> {
      for (let asked = 0; asked < 4; asked++) {
        const verdict = window.check(limit, now)
        if (verdict === 'exhausted') return false
        if (verdict === 'ready') {
          window.take(now)
          return true
        }
        await window.refill(limit, now)
      }
      return false
    }

    async function admitted(offered: number, limit: number): Promise<number> {
      let count = 0
      for (let index = 0; index < offered; index++) if (await admits(limit)) count += 1
      return count
    }

    test('admits exactly the limit at once', async () => {
      expect(await admitted(150, 100)).toBe(100)
    })

    test('admits nothing more until a second later, then all of it again', async () => {
      await admitted(100, 100)
      now += 999
      expect(await admitted(10, 100)).toBe(0)
      now += 1
      expect(await admitted(150, 100)).toBe(100)
    })

    test('slides: what was admitted leaves when its second is over, not all at once', async () => {
      expect(await admitted(40, 100)).toBe(40)
      now += 500
      expect(await admitted(100, 100)).toBe(60)
      now += 500
      expect(await admitted(100, 100)).toBe(40)
      now += 500
      expect(await admitted(100, 100)).toBe(60)
    })

    test('counts the same admissions against another limit', async () => {
      expect(await admitted(50, 100)).toBe(50)
      expect(await admitted(50, 60)).toBe(10)
      expect(await admitted(50, 20)).toBe(0)
      expect(await admitted(50, 80)).toBe(20)
    })

    test('says when it is worth coming back', async () => {
      await admitted(100, 100)
      now += 300
      expect(window.check(100, now)).not.toBe('ready')
      const waitMs = window.retryAfterMs(now)
      expect(waitMs).toBeGreaterThan(0)
      expect(waitMs).toBeLessThanOrEqual(1_000)
      now += waitMs
      expect(await admits(100)).toBe(true)
    })

    test('is not locked by a clock that is set back, nor opened for good by one that is set forward', async () => {
      await admitted(100, 100)
      now -= 3_600_000
      expect(await admitted(150, 100)).toBe(100)
      now += 7_200_000
      expect(await admitted(150, 100)).toBe(100)
    })
  })
}
