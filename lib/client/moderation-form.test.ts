import { expect, test } from 'vitest'
import { moderation } from '@/lib/domain/moderation.ts'
import {
  emptyRule,
  moderationFormSchema,
  moderationOf,
  moderationValuesOf,
  rulesOfLines,
  triedParts,
} from './moderation-form.ts'

const endpoint = { serviceId: 'svc_1' }
const stored = moderation.parse({
  enabled: true,
  reply: true,
  rules: [{ ...emptyRule, text: 'bad' }],
  endpoint,
})

test('the form and back: nothing is lost, the service that judges neither', () => {
  const values = moderationValuesOf(stored)
  expect(values.message).toBe('')
  expect(moderation.parse(moderationOf(values, stored))).toEqual(stored)
  expect(moderationOf({ ...values, message: 'No.' }, stored).message).toBe('No.')
})

test('complaints land on the fields of the form', () => {
  const complaints = (change: object, judge = stored.endpoint) =>
    moderationFormSchema({ endpoint: judge }, () => 'Other.')
      .safeParse({ ...moderationValuesOf(stored), ...change })
      .error?.issues.map(({ path, message }) => [path.join('.'), message])
  expect(complaints({ rules: [] })).toBeUndefined()
  expect(complaints({ rules: [] }, null)).toEqual([
    ['rules', 'Give a word or a pattern, or a service that judges.'],
  ])
  expect(complaints({ request: false, reply: false })).toEqual([
    ['request', 'Say which texts are looked at.'],
  ])
  expect(complaints({ rules: [], message: 'x'.repeat(501) })).toEqual([['message', 'Other.']])
})

test('lines become rules, each once, and none that is there already', () => {
  const like = { kind: 'word', action: 'mask', isCaseSensitive: true, wholeWord: false } as const
  const present = [{ ...emptyRule, text: 'old' }, { ...emptyRule, kind: 'pattern', text: 'new' } as const]
  expect(rulesOfLines(' new \r\n\nold\nnew\nother words', like, present)).toEqual([
    { ...like, text: 'new' },
    { ...like, text: 'other words' },
  ])
})

test('a tried text is cut where rules matched', () => {
  const mask = { rule: 0, action: 'mask', start: 2, end: 4 } as const
  const block = { rule: 1, action: 'block', start: 4, end: 5 } as const
  expect(triedParts('abcdef', [mask, block])).toEqual([
    { text: 'ab', match: null },
    { text: 'cd', match: mask },
    { text: 'e', match: block },
    { text: 'f', match: null },
  ])
  expect(triedParts('abc', [])).toEqual([{ text: 'abc', match: null }])
  expect(triedParts('', [])).toEqual([])
})
