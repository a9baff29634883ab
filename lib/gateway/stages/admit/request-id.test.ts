import { describe, expect, test } from 'vitest'
import { createRequestId, requestIdOf } from '@/lib/gateway/stages/admit/request-id.ts'

const generated = /^req_[0-9A-HJKMNP-TV-Z]{26}$/

describe('A request id', () => {
  test.each(['abc', 'A.b_c-9', 'x'.repeat(128)])('of the caller is kept: %s', (id) => {
    expect(requestIdOf(['Accept', 'x', 'X-REQUEST-ID', id], 0)).toBe(id)
  })

  test.each(['', 'a b', 'x'.repeat(129), 'a\tb', 'ä', '<script>'])('of the caller is replaced: %j', (id) => {
    expect(requestIdOf(['x-request-id', id], 1)).toMatch(generated)
  })

  test('is made where there is none, each different, in order of time', () => {
    const ids = Array.from({ length: 2_000 }, () => createRequestId(1_700_000_000_000))
    expect(new Set(ids).size).toBe(2_000)
    expect(ids.every((id) => generated.test(id))).toBe(true)
    expect(createRequestId(1_700_000_000_001) > createRequestId(1_700_000_000_000)).toBe(true)
  })
})
