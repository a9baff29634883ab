import { expect, test } from 'vitest'
import { upstreamPath } from '@/lib/gateway/stages/forward/upstream-path.ts'

test.each([
  '/../other',
  '/a/..',
  '/%2e%2E/other',
  '/.%2e/other',
  '/..%2fother',
  '/a\\..\\b',
  '/a%5c..%5cb',
  '/..;x/other',
  '/..#x',
  '/..?x',
  '*',
])('%s does not leave the path of its instance', (rest) => {
  expect(() => upstreamPath('/tenant', rest)).toThrow('leads out')
  expect(upstreamPath('', rest)).toBe(rest)
})

test.each(['/', '/a/./b', '/a..b/..c/d..', '/.../x', '/a?next=/../b'])('%s passes as it is', (rest) => {
  expect(upstreamPath('/tenant', rest)).toBe(`/tenant${rest}`)
})
