import { expect, test } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy.ts'

test('lets only marked scripts run and lets no page frame the console', () => {
  const policy = contentSecurityPolicy({ nonce: 'abc', development: false })
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain("base-uri 'self'")
})

test('never allows evaluation outside development', () => {
  expect(contentSecurityPolicy({ nonce: 'abc', development: false })).not.toContain('unsafe-eval')
  expect(contentSecurityPolicy({ nonce: 'abc', development: true })).toContain('unsafe-eval')
})
