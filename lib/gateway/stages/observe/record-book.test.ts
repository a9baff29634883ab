import { expect, test } from 'vitest'
import { CallContent } from '@/lib/gateway/stages/observe/call-content.ts'
import { type KeptRecord, RecordBook } from '@/lib/gateway/stages/observe/record-book.ts'

const all = { records: 1_000, bytes: Number.MAX_SAFE_INTEGER }

function record(requestId: string, bytes = 0): KeptRecord {
  const content = new CallContent({ recordRequest: true, recordResponse: false })
  content.request?.add(Buffer.alloc(bytes))
  return { facts: { requestId } as KeptRecord['facts'], content: bytes === 0 ? null : content }
}
const idsOf = (records: readonly KeptRecord[]) => records.map(({ facts }) => facts.requestId)

test('hands over the oldest first, so many at a time', () => {
  const book = new RecordBook({ records: 10, bytes: 1_000_000 })
  for (const id of ['a', 'b', 'c']) book.add(record(id))
  expect(idsOf(book.take({ records: 2, bytes: 1_000_000 }))).toEqual(['a', 'b'])
  expect(book.size).toBe(1)
  expect(idsOf(book.take(all))).toEqual(['c'])
  expect(book.take(all)).toEqual([])
  expect(book.dropped).toBe(0)
})

test('gives up the oldest, counted, where there are too many', () => {
  const book = new RecordBook({ records: 3, bytes: 1_000_000 })
  for (const id of ['a', 'b', 'c', 'd', 'e']) book.add(record(id))
  expect(book.dropped).toBe(2)
  expect(idsOf(book.take(all))).toEqual(['c', 'd', 'e'])
})

test('gives up the oldest where content takes too much', () => {
  const book = new RecordBook({ records: 100, bytes: 100_000 })
  for (const id of ['a', 'b', 'c']) book.add(record(id, 40_000))
  expect(book.dropped).toBe(1)
  expect(idsOf(book.take({ records: 100, bytes: 50_000 }))).toEqual(['b'])
  expect(idsOf(book.take({ records: 100, bytes: 1 }))).toEqual(['c'])
})

test('takes back what did not arrive, before what came since, as far as there is room', () => {
  const book = new RecordBook({ records: 3, bytes: 1_000_000 })
  for (const id of ['a', 'b', 'c']) book.add(record(id))
  const taken = book.take(all)
  book.add(record('d'))
  book.putBack(taken)
  expect(book.dropped).toBe(1)
  expect(idsOf(book.take(all))).toEqual(['b', 'c', 'd'])
})

test('keeps no more than 64 KiB of a body, and tells its whole length', () => {
  const content = new CallContent({ recordRequest: false, recordResponse: true })
  for (let chunk = 0; chunk < 5; chunk += 1) content.response?.add(Buffer.alloc(20_000, String(chunk)))
  expect(content.request).toBeNull()
  expect(content.response?.bytes).toBe(100_000)
  expect(content.response?.content.length).toBe(65_536)
  expect(content.response?.content.at(-1)).toBe('3'.charCodeAt(0))
  expect(content.keptBytes).toBe(65_536)
})

test('looks at the prompts of a few requests in a second alone', () => {
  const book = new RecordBook()
  const looks = Array.from({ length: 20 }, (_, index) => book.mayLook(5_000 + index))
  expect(looks.filter(Boolean)).toHaveLength(5)
  expect(book.mayLook(6_000)).toBe(true)
})
