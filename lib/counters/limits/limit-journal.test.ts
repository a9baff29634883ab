import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LimitBook } from './limit-book.ts'
import { LimitJournal } from './limit-journal.ts'
import type { LimitUse } from './limit-source.ts'
import { limitSpans } from './limit-span.ts'

let folder: string
let file: string
let journals: LimitJournal[]
let now: number
let troubles: string[]

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'limits-'))
  file = path.join(folder, 'nodes', 'shared.limits')
  journals = []
  troubles = []
  now = Date.UTC(2026, 10, 21, 12)
})
afterEach(() => {
  for (const journal of journals) journal.close()
  rmSync(folder, { recursive: true })
})

function open(bounds = {}) {
  const book = new LimitBook({ now: () => now }, bounds)
  const journal = new LimitJournal(file, book, (reason) => troubles.push(reason))
  journals.push(journal)
  return { book, journal }
}

const of = (span: LimitUse['span'], value = ''): LimitUse => ({
  ...{ rule: `rule-${span}`, span, amount: 3, weight: 1, value, isOpen: value !== '' },
})
const left = (book: LimitBook, use: LimitUse) => book.admit([{ ...use, weight: 0 }]).states[0]?.left

test('what lasts longer than a start is there after it, and nothing else', () => {
  const first = open()
  for (const span of limitSpans) first.book.admit([of(span)])
  first.journal.close()
  const { book } = open()
  const kept = limitSpans.filter((span) => left(book, of(span)) === 2)
  expect(kept).toEqual(['hour', 'day', 'utc-day', 'utc-month', 'total'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('what is over meanwhile is not', () => {
  const first = open()
  for (const span of limitSpans) first.book.admit([of(span)])
  first.journal.close()
  now = Date.UTC(2026, 11, 1)
  const { book } = open()
  expect(limitSpans.filter((span) => left(book, of(span)) === 2)).toEqual(['total'])
})

test('each write adds what has changed, and the last line of a count is true', () => {
  const { book, journal } = open()
  book.admit([of('total')])
  book.admit([of('utc-month')])
  journal.write()
  const size = () => readFileSync(file, 'utf8').trim().split('\n').length
  expect(size()).toBe(3)
  book.admit([of('total')])
  journal.write()
  journal.write()
  expect(size()).toBe(4)
  const next = open()
  expect([left(next.book, of('total')), left(next.book, of('utc-month'))]).toEqual([1, 2])
  next.book.admit([of('total')])
  next.journal.write()
  // The first write after a start leaves out what is no longer true.
  expect(size()).toBe(3)
})

test('half a line at the end costs that line alone', () => {
  const first = open()
  first.book.admit([of('total')])
  first.journal.close()
  appendFileSync(file, '["rule-total","total","",fal')
  const { book, journal } = open()
  expect(left(book, of('total'))).toBe(2)
  book.admit([of('total')])
  journal.close()
  expect(left(open().book, of('total'))).toBe(1)
  expect(troubles).toEqual([])
})

test('a file that is something else is told, and counts start from nothing', () => {
  const first = open()
  first.book.admit([of('total')])
  first.journal.close()
  writeFileSync(file, 'hello')
  const { book, journal } = open()
  expect(troubles).toEqual([expect.stringContaining('no book of limits')])
  expect(left(book, of('total'))).toBe(3)
  book.admit([of('total')])
  journal.close()
  expect(left(open().book, of('total'))).toBe(2)
})

test('trouble with the disk is told once, and what was not written is written when it is over', () => {
  writeFileSync(path.join(folder, 'nodes'), 'in the way')
  const { book, journal } = open()
  book.admit([of('total')])
  journal.write()
  book.admit([of('total')])
  journal.write()
  expect(troubles).toHaveLength(1)
  rmSync(path.join(folder, 'nodes'))
  book.admit([of('utc-month')])
  journal.write()
  const next = open()
  expect([left(next.book, of('total')), left(next.book, of('utc-month'))]).toEqual([1, 2])
})

test('values that share counts share them after a restart too', () => {
  const bounds = { values: 2, shared: 1_024 }
  const first = open(bounds)
  for (let index = 0; index < 200; index++) first.book.spend([of('total', `v${index}`)], 1)
  const before = Array.from({ length: 200 }, (_, index) => left(first.book, of('total', `v${index}`)))
  first.journal.close()
  const { book } = open(bounds)
  expect(Array.from({ length: 200 }, (_, index) => left(book, of('total', `v${index}`)))).toEqual(before)
})
