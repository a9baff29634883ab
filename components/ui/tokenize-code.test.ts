import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CodeLanguage, tokenizeCode } from './tokenize-code.ts'

const languages: CodeLanguage[] = ['bash', 'powershell', 'python', 'javascript', 'json', 'text']
const kindsOf = (code: string, language: CodeLanguage) =>
  tokenizeCode(code, language)
    .filter((token) => token.kind !== 'plain')
    .map((token) => `${token.kind} ${token.text}`)

test('never changes the code, whatever it is', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('"', "'", '\\', '\n', '#', '$A', 'curl', '`', '中文'))
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom(...languages), (pieces, language) => {
      const code = pieces.join('')
      const joined = tokenizeCode(code, language)
        .map((token) => token.text)
        .join('')
      expect(joined).toBe(code)
    }),
  )
})

test('colours a curl command, its JSON body included', () => {
  const code = `curl http://h/v1 \\\n  -X POST \\\n  -H "A: $T" \\\n  -d '{"model": "q", "n": 1}'`
  expect(kindsOf(code, 'bash')).toEqual([
    'keyword curl',
    'keyword POST',
    'string "A: $T"',
    'key "model"',
    'string "q"',
    'key "n"',
  ])
})

test('tells keys from strings in JSON', () => {
  expect(kindsOf('{"a": "b", "c": [1, true]}', 'json')).toEqual([
    'key "a"',
    'string "b"',
    'key "c"',
    'number 1',
    'keyword true',
  ])
})

test('does not colour keywords inside words', () => {
  expect(kindsOf('important = format2', 'python')).toEqual([])
})
