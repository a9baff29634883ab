import { expect, test } from 'vitest'
import { CheckPacer } from '@/lib/gateway/runtime/health/check-pacer.ts'

test('lets few start at once and spreads many', () => {
  let now = 5_000
  const pacer = new CheckPacer(() => now)
  const delays = Array.from({ length: 10_000 }, () => pacer.delayMs())
  expect(delays.slice(0, 64).every((delay) => delay === 0)).toBe(true)
  expect(delays.at(-1)).toBe(10_000 - 64)
  expect(new Set(delays.slice(64)).size).toBe(10_000 - 64)
  now += 60_000
  expect(pacer.delayMs()).toBe(0)
})
