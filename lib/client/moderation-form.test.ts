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

const endpoint = {
  serviceId: 'svc_1',
  model: 'omni',
  categories: [{ name: 'violence', threshold: 0.5 }],
  onFailure: 'pass',
} as const
const stored = moderation.parse({
  enabled: true,
  reply: true,
  rules: [{ ...emptyRule, text: 'bad' }],
  endpoint,
})

test('the form and back: nothing is lost', () => {
  const values = moderationValuesOf(stored)
  expect(values.message).toBe('')
  expect(moderationOf(values)).toEqual(stored)
  expect(moderationOf({ ...values, message: 'No.' }).message).toBe('No.')
  const plain = moderation.parse({ rules: [{ ...emptyRule, text: 'bad' }], message: 'No.' })
  expect(moderationOf(moderationValuesOf(plain))).toEqual(plain)
})

test('a service that is not asked any more is left out, and so are categories that do not count', () => {
  const { judge, ...values } = moderationValuesOf(stored)
  expect(moderationOf({ ...values, judge: { ...judge, on: false } }).endpoint).toBeNull()
  expect(moderationOf({ ...values, judge: { ...judge, chooses: false } }).endpoint?.categories).toBeNull()
})

test('complaints land on the fields of the form', () => {
  const values = moderationValuesOf(stored)
  const complaints = (change: object) =>
    moderationFormSchema(() => 'Other.')
      .safeParse({ ...values, ...change })
      .error?.issues.map(({ path, message }) => [path.join('.'), message])
  const off = { ...values.judge, on: false }
  expect(complaints({ rules: [] })).toBeUndefined()
  expect(complaints({ rules: [], judge: off })).toEqual([
    ['rules', 'Give a word or a pattern, or a service that judges.'],
  ])
  expect(complaints({ request: false, reply: false })).toEqual([
    ['request', 'Say which texts are looked at.'],
  ])
  expect(complaints({ message: 'x'.repeat(501) })).toEqual([['message', 'Other.']])
  expect(complaints({ judge: { ...values.judge, serviceId: '', timeoutMs: 1, categories: [] } })).toEqual([
    ['judge.serviceId', 'Other.'],
    ['judge.categories', 'Choose a category.'],
    ['judge.timeoutMs', 'A whole number from 50 to 30000.'],
  ])
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
