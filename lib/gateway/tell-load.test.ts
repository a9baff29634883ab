import { expect, test } from 'vitest'
import { shareOfCore, tellLoad } from '@/lib/gateway/tell-load.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'

test('A share of a core is time used by time passed, at most the whole', () => {
  expect(shareOfCore(250_000, 1_000)).toBe(0.25)
  expect(shareOfCore(3_000_000, 1_000)).toBe(1)
  expect(shareOfCore(0, 1_000)).toBe(0)
  expect(shareOfCore(1_000, 0)).toBe(0)
})

test('The load is told again and again', async () => {
  const told: number[] = []
  const timer = tellLoad(({ utilization }) => void told.push(utilization), 5)
  await until(() => told.length >= 3, 'three messages')
  clearInterval(timer)
  expect(told.every((share) => share >= 0 && share <= 1)).toBe(true)
})
