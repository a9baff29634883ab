import { expect, test } from 'vitest'
import { changedFields } from './changed-fields.ts'

test('names only what changed', () => {
  expect(changedFields({ a: 1, b: { x: 1, y: 2 } }, { a: 2, b: { y: 2, x: 1 } })).toEqual([
    { path: 'a', before: 1, after: 2 },
  ])
})

test('a new object has no before, a deleted one no after', () => {
  expect(changedFields(null, { a: 1 })).toEqual([{ path: 'a', before: null, after: 1 }])
  expect(changedFields({ a: 1 }, null)).toEqual([{ path: 'a', before: 1, after: null }])
})

test('a secret is the word replaced, even when it goes', () => {
  expect(changedFields({ key: 's1' }, { key: 's2' }, ['key'])).toEqual([
    { path: 'key', before: 'replaced', after: 'replaced' },
  ])
  expect(changedFields({ key: 's1' }, { key: null }, ['key'])).toEqual([
    { path: 'key', before: 'replaced', after: null },
  ])
})
