import { expect, test } from 'vitest'
import { nextSort, parseSort, serializeSort } from './columns.ts'

test('a sort survives the trip through the URL', () => {
  for (const sort of [{ id: 'name', desc: false }, { id: 'updated', desc: true }, null]) {
    expect(parseSort(serializeSort(sort), ['name', 'updated'])).toEqual(sort)
  }
})

test('an unknown column falls back to the list’s own order', () => {
  expect(parseSort('-password', ['name'])).toBeNull()
})

test('three presses on a header return to the list’s own order', () => {
  const first = nextSort(null, 'name')
  const second = nextSort(first, 'name')
  expect(first).toEqual({ id: 'name', desc: false })
  expect(second).toEqual({ id: 'name', desc: true })
  expect(nextSort(second, 'name')).toBeNull()
  expect(nextSort(second, 'updated')).toEqual({ id: 'updated', desc: false })
})
