import { expect, test } from 'vitest'
import { navigationItems, sectionHref, sectionOf } from './navigation.ts'

test('every place in the rail leads to its own section', () => {
  for (const item of navigationItems) expect(sectionOf(sectionHref('acme', item))?.id).toBe(item.id)
})

test('pages below a place belong to it', () => {
  expect(sectionOf('/w/acme/gateways/gw_1/access')?.id).toBe('gateways')
  expect(sectionOf('/account')).toBeUndefined()
  expect(sectionOf('/w')).toBeUndefined()
  expect(sectionOf('/w/acme/elsewhere')).toBeUndefined()
})

test('no two places answer to the same key', () => {
  const keys = navigationItems.flatMap(({ key }) => (key ? [key] : []))
  expect(new Set(keys).size).toBe(keys.length)
})
