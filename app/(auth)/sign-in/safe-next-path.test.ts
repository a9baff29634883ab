import { expect, test } from 'vitest'
import { safeNextPath } from './safe-next-path.ts'

test('keeps a page of this console, with its parameters', () => {
  expect(safeNextPath('/w/acme/gateways/gw_shared/revisions?revision=3#top')).toBe(
    '/w/acme/gateways/gw_shared/revisions?revision=3#top',
  )
})

test.each([
  null,
  undefined,
  '',
  '/',
  'w/acme',
  'https://elsewhere.example/w/acme',
  '//elsewhere.example/w',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '\t//elsewhere.example',
  '/..//elsewhere.example',
  '/./\n/elsewhere.example',
  'javascript:alert(1)',
  '/sign-in?next=/w',
  '/api/v1/sign-out',
])('drops %j', (next) => {
  expect(safeNextPath(next)).toBe('/w')
})
