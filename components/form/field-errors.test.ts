import { expect, test } from 'vitest'
import { listFieldErrors } from './field-errors.ts'

test('lists nested complaints with the path of their field', () => {
  const errors = {
    name: { type: 'custom', message: 'Taken.' },
    instances: [undefined, { url: { type: 'custom', message: 'Not an address.' } }] as never,
  }
  expect(listFieldErrors(errors)).toEqual([
    { path: 'name', message: 'Taken.' },
    { path: 'instances.1.url', message: 'Not an address.' },
  ])
})

test('names the list itself when the complaint is about the whole list', () => {
  const errors = { instances: { root: { type: 'custom', message: 'Add one.' } } as never }
  expect(listFieldErrors(errors)).toEqual([{ path: 'instances', message: 'Add one.' }])
})

test('leaves out the answer of the server, which belongs to no field', () => {
  expect(listFieldErrors({ root: { type: 'server', message: 'Offline.' } } as never)).toEqual([])
})
