import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JobBook } from './job-book.ts'
import { JobJournal } from './job-journal.ts'

let folder: string
let file: string
let troubles: string[]
let journals: JobJournal[]

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jobs-'))
  file = path.join(folder, 'nodes', 'shared.jobs')
  troubles = []
  journals = []
})
afterEach(() => {
  for (const journal of journals) journal.close()
  rmSync(folder, { recursive: true })
})

function open(max?: number) {
  const book = new JobBook(max)
  const journal = new JobJournal(file, book, (reason) => troubles.push(reason))
  journals.push(journal)
  return { book, journal }
}

test('what was learned is known after a restart, for this user alone', () => {
  const first = open()
  first.book.remember('api', ['id 1', 'client ümlaut\n'], 'svc_a')
  first.journal.write()
  first.book.remember('api', ['id 1'], 'svc_b')
  first.journal.close()
  const { book } = open()
  expect(book.find('api', ['id 1', 'client ümlaut\n'])).toEqual(['svc_b', 'svc_a'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(troubles).toEqual([])
})

test('a write adds what is new, and nothing for what was known', () => {
  const { book, journal } = open()
  book.remember('api', ['id 1'], 'svc_a')
  journal.write()
  book.remember('api', ['id 1', 'id 2'], 'svc_a')
  journal.write()
  book.find('api', ['id 1'])
  journal.write()
  expect(readFileSync(file, 'utf8').split('\n').slice(1)).toEqual([
    '["api","id 1","svc_a"]',
    '["api","id 2","svc_a"]',
    '',
  ])
})

test('the file stays bounded, whatever is made', () => {
  const { book, journal } = open(10)
  for (let round = 0; round < 60; round += 1) {
    for (let number = 0; number < 1_000; number += 1) {
      book.remember('api', [`id ${round}-${number}-${'x'.repeat(100)}`], 'svc_a')
    }
    journal.write()
  }
  expect(statSync(file).size).toBeLessThan(4_500_000)
  journal.close()
  expect(open(10).book.rows()).toEqual(book.rows())
})

test('half a line is left out, and a file of something else is begun anew', () => {
  const first = open()
  first.book.remember('api', ['id 1'], 'svc_a')
  first.journal.close()
  appendFileSync(file, '["api","id 2","sv')
  const second = open()
  expect(second.book.find('api', ['id 1', 'id 2'])).toEqual(['svc_a', null])
  second.journal.close()
  writeFileSync(file, '{"format":1,"salt":"of limits"}\n["api","id 1","svc_a"]\n')
  const third = open()
  expect(third.book.rows()).toEqual([])
  expect(troubles).toEqual([expect.stringContaining('no book of jobs')])
  third.book.remember('api', ['id 3'], 'svc_a')
  third.journal.close()
  expect(open().book.find('api', ['id 3'])).toEqual(['svc_a'])
})
