import { expect, test } from 'vitest'
import { fieldPath, problemOf } from './form-problem.ts'

test.each([
  ['name', 'name'],
  ['instances[0].url', 'instances.0.url'],
  ['/instances/0/url', 'instances.0.url'],
  ['instances.0.url', 'instances.0.url'],
])('%s names the field %s', (path, field) => {
  expect(fieldPath(path)).toBe(field)
})

test('reads a problem only from errors that carry a whole one', () => {
  const problem = { title: 'Conflict', detail: 'Taken.', code: 'conflict' }
  expect(problemOf(Object.assign(new Error('x'), { problem }))).toBe(problem)
  expect(problemOf(Object.assign(new Error('x'), { problem: { title: 'Conflict' } }))).toBeUndefined()
  expect(problemOf(new Error('x'))).toBeUndefined()
  expect(problemOf('x')).toBeUndefined()
})
