import { expect, test } from 'vitest'
import { english } from '@/lib/messages/english.ts'
import { debugHint } from './debug-hint.ts'
import type { DebugFailure } from './debug-run.ts'

function hint(status: number, parts: Partial<DebugFailure> = {}) {
  return debugHint({
    status,
    code: null,
    source: 'upstream',
    message: null,
    isBroken: false,
    retryAfter: null,
    ...parts,
  })
}

test('knows whose limit, key or path it is', () => {
  expect(hint(429)).toBe('providerLimited')
  expect(hint(429, { source: 'gateway', code: 'rate_limited' })).toBe('limited')
  expect(hint(429, { source: 'client' })).toBe('limited')
  expect(hint(401)).toBe('providerKeys')
  expect(hint(401, { source: 'client', code: 'credential_missing' })).toBe('unauthorized')
  expect(hint(404, { source: 'client', code: 'model_not_routed' })).toBe('notRouted')
  expect(hint(404)).toBe('notFound')
  expect(hint(500)).toBe('providerError')
  expect(hint(500, { source: 'gateway', code: 'internal_error' })).toBe('gatewayError')
})

test('says nothing of an error that came under 200, and has words for whatever else it says', () => {
  expect(hint(200)).toBeNull()
  expect(hint(502, { isBroken: true })).toBeNull()
  for (const status of [400, 401, 403, 404, 413, 422, 429, 500, 502, 503, 504]) {
    for (const source of ['client', 'gateway', 'upstream', null] as const) {
      expect(Object.keys(english.debug.failure.hints)).toContain(hint(status, { source }))
    }
  }
})
