import { expect, test } from 'vitest'
import { createId, ulid } from './id.ts'

test('an id says what it is and sorts by time', () => {
  const earlier = createId('svc', 1_700_000_000_000)
  const later = createId('svc', 1_700_000_000_001)
  expect(earlier).toMatch(/^svc_[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(earlier < later).toBe(true)
})

test('two ids of one millisecond differ', () => {
  expect(new Set(Array.from({ length: 1000 }, () => ulid(1)))).toHaveProperty('size', 1000)
})

test('the time is the ULID specification’s own example', () => {
  expect(ulid(1_469_918_176_385).slice(0, 10)).toBe('01ARYZ6S41')
})
