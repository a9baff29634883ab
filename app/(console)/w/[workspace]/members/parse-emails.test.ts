import { expect, test } from 'vitest'
import { parseEmails } from './parse-emails.ts'

test('takes commas, semicolons, spaces and line breaks, and drops repeats', () => {
  expect(
    parseEmails('ann@example.com, Bo@Example.com;ann@example.com\ncy@example.com dee@example.com'),
  ).toEqual({
    emails: ['ann@example.com', 'bo@example.com', 'cy@example.com', 'dee@example.com'],
    wrong: [],
  })
})

test('takes addresses pasted with names', () => {
  expect(parseEmails('Ann Berg <ann@example.com>, 李伟 <li@example.com>')).toEqual({
    emails: ['ann@example.com', 'li@example.com'],
    wrong: [],
  })
})

test('names the pieces that are no address', () => {
  expect(parseEmails('ann@example.com, bo@, example.com')).toEqual({
    emails: ['ann@example.com'],
    wrong: ['bo@', 'example.com'],
  })
})

test('finds nothing in blank text', () => {
  expect(parseEmails(' \n , ')).toEqual({ emails: [], wrong: [] })
})
