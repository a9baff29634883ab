import { expect, test } from 'vitest'
import { retryAfterMs } from '@/lib/gateway/runtime/health/retry-after.ts'

const now = Date.parse('2026-11-21T08:00:00Z')

test.each([
  ['30', 30_000],
  [' 2 ', 2_000],
  ['0', 1_000],
  ['99999999999', 300_000],
  ['Sat, 21 Nov 2026 08:00:45 GMT', 45_000],
  ['Saturday, 21-Nov-26 08:00:45 GMT', 45_000],
  ['Sat, 21 Nov 2026 07:00:00 GMT', 1_000],
  ['Sun, 22 Nov 2026 08:00:00 GMT', 300_000],
])('Retry-After: %s is %d ms', (value, ms) => {
  expect(retryAfterMs(value, now)).toBe(ms)
})

test.each([null, '', '-1', '1.5', 'soon', '2026-11-21', '1e3', 'Sat, never'])(
  'Retry-After: %s says nothing',
  (value) => {
    expect(retryAfterMs(value, now)).toBeNull()
  },
)
