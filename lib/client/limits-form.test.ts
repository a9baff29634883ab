import { expect, test } from 'vitest'
import { quotas, rateLimits } from '@/lib/domain/model-limits.ts'
import {
  emptyLimitRule,
  type LimitRuleValues,
  limitFieldPath,
  limitsFormSchema,
  limitsValuesOf,
  quotasOf,
  rateLimitsOf,
} from './limits-form.ts'

const rule: LimitRuleValues = { ...emptyLimitRule('rateLimits', 'consumer'), amount: 10 }

test('the form and back: nothing is lost', () => {
  const byHeader = { by: 'header', header: 'x-tenant', match: 'a*', amount: 5, unit: 'tokens' } as const
  const limits = rateLimits.parse({ enabled: true, rules: [{ ...byHeader, window: 'hour' }, { amount: 1 }] })
  expect(rateLimitsOf(limitsValuesOf(limits))).toEqual(limits)
  const stored = quotas.parse({ enabled: false, rules: [{ ...byHeader, period: 'total' }] })
  expect(quotasOf(limitsValuesOf(stored))).toEqual(stored)
})

test('what a rule does not use stays behind', () => {
  const values = { enabled: true, rules: [{ ...rule, by: 'api', header: 'x-tenant', match: 'a*' } as const] }
  expect(rateLimitsOf(values).rules).toEqual([
    { by: 'api', header: null, match: null, amount: 10, unit: 'requests', window: 'minute' },
  ])
})

test('complaints land on the fields of the form', () => {
  const complaints = (name: 'rateLimits' | 'quotas', rules: readonly LimitRuleValues[]) =>
    limitsFormSchema(name, () => 'Other.')
      .safeParse({ enabled: true, rules })
      .error?.issues.map(({ path, message }) => [path.join('.'), message])
  expect(complaints('rateLimits', [rule])).toBeUndefined()
  expect(complaints('rateLimits', [])).toEqual([['rules', 'Give a rule.']])
  expect(complaints('rateLimits', [{ ...rule, by: 'header' }])).toEqual([
    ['rules.0.header', 'Name the header.'],
  ])
  expect(complaints('rateLimits', [rule, { ...rule, amount: 20 }])).toEqual([
    ['rules.1.amount', 'Rule 1 counts the same. Change one of them.'],
  ])
  expect(complaints('rateLimits', [{ ...rule, amount: null }])?.map(([path]) => path)).toEqual([
    'rules.0.amount',
  ])
  // A window is no period.
  expect(complaints('quotas', [rule])?.map(([path]) => path)).toEqual(['rules.0.time'])
  expect(complaints('quotas', [{ ...rule, time: 'total' }])).toBeUndefined()
})

test('what the API says of a rule has its place in the form', () => {
  expect(limitFieldPath('rules.2.window')).toBe('rules.2.time')
  expect(limitFieldPath('rules.2')).toBe('rules.2.amount')
  expect(limitFieldPath('rules.2.by')).toBe('rules.2.by')
})
