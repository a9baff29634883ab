import { describe, expect, test } from 'vitest'
import { quotas, rateLimits } from './model-limits.ts'

function issues(schema: typeof rateLimits | typeof quotas, rules: readonly object[], enabled = true) {
  const { error } = schema.safeParse({ enabled, rules })
  return Object.fromEntries(error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [])
}

describe('rules of rate limits and quotas', () => {
  test('say little where the usual is meant', () => {
    expect(rateLimits.parse({ enabled: true, rules: [{ amount: 5 }] })).toEqual({
      enabled: true,
      rules: [{ by: 'api', header: null, match: null, amount: 5, unit: 'requests', window: 'minute' }],
    })
    expect(quotas.parse({ rules: [{ amount: 5, by: 'header', header: ' X-Team ' }] })).toEqual({
      enabled: false,
      rules: [{ by: 'header', header: 'x-team', match: null, amount: 5, unit: 'requests', period: 'month' }],
    })
  })

  test('are needed once they are on', () => {
    expect(issues(rateLimits, [])).toEqual({ rules: 'Give a rule.' })
    expect(issues(quotas, [], false)).toEqual({})
  })

  test('name a header where they count by one, and only there', () => {
    expect(issues(rateLimits, [{ by: 'header', amount: 1 }])).toEqual({
      'rules.0.header': 'Name the header.',
    })
    expect(issues(rateLimits, [{ by: 'address', header: 'x-team', amount: 1 }])).toEqual({
      'rules.0.header': 'Name a header only where the rule counts by one.',
    })
    for (const header of ['authorization', 'X-Api-Key', 'X-Forwarded-For', 'a b', '']) {
      expect(Object.keys(issues(quotas, [{ by: 'header', header, amount: 1 }]))).toContain('rules.0.header')
    }
  })

  test('choose values only where there are several', () => {
    expect(issues(quotas, [{ match: 'a*', amount: 1 }])).toEqual({
      'rules.0.match': 'A rule for the whole API has no values to choose from.',
    })
  })

  test('have whole amounts within bounds', () => {
    for (const amount of [0, -1, 1.5, 1e13, '5', null]) {
      expect(Object.keys(issues(rateLimits, [{ amount }])), String(amount)).toEqual(['rules.0.amount'])
    }
  })

  test('count nothing twice', () => {
    expect(issues(rateLimits, [{ amount: 1 }, { amount: 2, window: 'day' }, { amount: 3 }])).toEqual({
      'rules.2': 'Rule 1 counts the same. Change one of them.',
    })
  })
})
