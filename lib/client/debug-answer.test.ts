import { expect, test } from 'vitest'
import { imagesIn, prettyJson } from './debug-answer.ts'

test('finds the pictures in an answer, and none in what only looks like one', () => {
  const png = 'iVBORw0KGgo='
  const answer = { data: [{ b64_json: png }, { url: 'https://example.com/a.png' }, { b64_json: 'PHN2Zz4=' }] }
  expect(imagesIn(JSON.stringify(answer))).toEqual([`data:image/png;base64,${png}`])
  expect(imagesIn('{"data":"x"}')).toEqual([])
})

test('makes JSON readable and cuts its base64', () => {
  const long = 'A'.repeat(5000)
  expect(prettyJson(JSON.stringify({ a: 1, b64_json: long }))).toBe(
    `{\n  "a": 1,\n  "b64_json": "${'A'.repeat(64)}… (5000 characters)"\n}`,
  )
  expect(prettyJson('data: x')).toBeNull()
})
