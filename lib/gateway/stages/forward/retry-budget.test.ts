import { expect, test } from 'vitest'
import { RetryBudget } from '@/lib/gateway/stages/forward/retry-budget.ts'

test('retries add at most a fifth to the traffic', () => {
  const budget = new RetryBudget()
  let retries = 0
  for (let request = 0; request < 1_000; request++) {
    budget.deposit()
    if (budget.withdraw()) retries += 1
  }
  expect(retries).toBeLessThanOrEqual(203)
  expect(retries).toBeGreaterThanOrEqual(195)
})

test('a quiet time saves up no more than a few retries', () => {
  const budget = new RetryBudget()
  for (let request = 0; request < 1_000; request++) budget.deposit()
  let retries = 0
  while (budget.withdraw()) retries += 1
  expect(retries).toBe(3)
})
