import { expect, test } from 'vitest'
import { intentInstructions, intentQuestion } from './intent-question.ts'
import { readIntent } from './read-intent.ts'

const names = new Set(['code', 'small-talk', 'legal', 'constructor'])
const read = (content: unknown) =>
  readIntent(Buffer.from(JSON.stringify({ choices: [{ message: { content } }] })), names)

test.each([
  ['code', 'code'],
  [' Code.\n', 'code'],
  ['**small-talk**', 'small-talk'],
  ['{"label": "legal"}', 'legal'],
  ['The label is `code`, because it is code.', 'code'],
  ['<think>Is it legal or code? Not legal.</think>\n\ncode', 'code'],
  ['constructor', 'constructor'],
])('%j names %s', (content, intent) => {
  expect(read(content)).toBe(intent)
})

test.each([
  'code or legal',
  'something',
  'talk',
  'toString',
  'codes',
  '',
  null,
  ['code'],
  `${'a '.repeat(2_000)}code`,
  '<think>It may be code, but',
])('%j names none', (content) => {
  expect(read(content)).toBeNull()
})

test.each(['', '<html>code</html>', '[]', 'null', '{"choices":[]}', '{"error":"code"}'])(
  'a body of %j names none',
  (body) => {
    expect(readIntent(Buffer.from(body), names)).toBeNull()
  },
)

test('a model is told the labels with what they mean, and gets the beginning and the end of a long text', () => {
  const instructions = intentInstructions([
    { name: 'code', description: '' },
    { name: 'legal', description: 'Contracts\nand law' },
  ])
  expect(instructions).toMatch(/- code\n- legal: Contracts and law$/)
  const { messages, ...rest } = intentQuestion(instructions, 'm', `${'a'.repeat(5_000)}${'z'.repeat(5_000)}`)
  expect(rest).toEqual({ model: 'm', temperature: 0, max_tokens: 32 })
  expect(messages[1]?.content).toBe(`<message>\n${'a'.repeat(1_000)}\n…\n${'z'.repeat(1_000)}\n</message>`)
})
