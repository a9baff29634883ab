import { expect, test } from 'vitest'
import { everyPage } from './every-page.ts'

test('follows the cursors to the end, and asks for each page once', async () => {
  const pages = new Map<string | null, { items: number[]; nextCursor: string | null }>([
    [null, { items: [1, 2], nextCursor: 'b' }],
    ['b', { items: [3], nextCursor: 'c' }],
    ['c', { items: [], nextCursor: null }],
  ])
  const asked: (string | null)[] = []
  const items = await everyPage(async (cursor) => {
    asked.push(cursor)
    return pages.get(cursor) ?? { items: [], nextCursor: null }
  })
  expect(items).toEqual([1, 2, 3])
  expect(asked).toEqual([null, 'b', 'c'])
})
