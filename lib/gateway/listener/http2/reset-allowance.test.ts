import { expect, test } from 'vitest'
import { ResetAllowance } from '@/lib/gateway/listener/http2/reset-allowance.ts'

test('a burst of resets is one too many at the two hundred and first', () => {
  const allowance = new ResetAllowance(0)
  for (let count = 0; count < 200; count++) expect(allowance.spend(0)).toBe(true)
  expect(allowance.spend(0)).toBe(false)
})

test('fifty a second are never too many', () => {
  const allowance = new ResetAllowance(0)
  for (let count = 1; count < 10_000; count++) expect(allowance.spend(count * 20)).toBe(true)
})

test('what is saved up in quiet times is no more than the burst', () => {
  const allowance = new ResetAllowance(0)
  let count = 0
  while (allowance.spend(3_600_000)) count += 1
  expect(count).toBe(200)
})
