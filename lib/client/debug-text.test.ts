import { expect, test } from 'vitest'
import { textBlocks } from './debug-text.ts'

test('sets code, headings, lists and line breaks', () => {
  const text = '# Title\nOne **bold** and `code`\nnext line\n\n- a\n- b\n1. c\n```ts\nconst x = 1\n\n```\nend'
  expect(textBlocks(text)).toEqual([
    { kind: 'heading', spans: [{ kind: 'plain', text: 'Title' }] },
    {
      kind: 'paragraph',
      spans: [
        { kind: 'plain', text: 'One ' },
        { kind: 'bold', text: 'bold' },
        { kind: 'plain', text: ' and ' },
        { kind: 'code', text: 'code' },
        { kind: 'plain', text: '\n' },
        { kind: 'plain', text: 'next line' },
      ],
    },
    { kind: 'list', ordered: false, items: [[{ kind: 'plain', text: 'a' }], [{ kind: 'plain', text: 'b' }]] },
    { kind: 'list', ordered: true, items: [[{ kind: 'plain', text: 'c' }]] },
    { kind: 'code', language: 'ts', text: 'const x = 1\n' },
    { kind: 'paragraph', spans: [{ kind: 'plain', text: 'end' }] },
  ])
})

test('sets code that is still being written', () => {
  expect(textBlocks('```python\nprint(1)')).toEqual([{ kind: 'code', language: 'python', text: 'print(1)' }])
})

test('takes markup for text', () => {
  const text = '<img src=x onerror=alert(1)> [link](javascript:alert(1))'
  expect(textBlocks(text)).toEqual([{ kind: 'paragraph', spans: [{ kind: 'plain', text }] }])
})
