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

test('reads a problem from errors that carry one, and from errors that are one', () => {
  const problem = { detail: 'Taken.', code: 'conflict', requestId: 'req_1' }
  expect(problemOf(Object.assign(new Error('x'), { problem }))).toMatchObject(problem)
  expect(problemOf(Object.assign(new Error('x'), problem, { problem: null }))).toMatchObject(problem)
  expect(problemOf(Object.assign(new Error('x'), problem, { requestId: null }))?.requestId).toBeUndefined()
})

test('finds none in other errors', () => {
  expect(problemOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBeUndefined()
  expect(problemOf(new Error('x'))).toBeUndefined()
  expect(problemOf('x')).toBeUndefined()
})
