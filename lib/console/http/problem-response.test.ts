import { expect, test } from 'vitest'
import * as z from 'zod'
import { invalidInput } from './problem-response.ts'

const schema = z.object({
  name: z.string(),
  value: z.string('Say which value.'),
  count: z.int(),
})

test('a field that is missing is said to be, unless its schema has a sentence for it', () => {
  const { error } = schema.safeParse({ count: 'three' })
  const { invalidFields } = invalidInput(error ?? new z.ZodError([])).options
  expect(invalidFields?.map(({ path, message }) => [path, message])).toEqual([
    ['name', 'This is missing.'],
    ['value', 'Say which value.'],
    ['count', 'Invalid input: expected number, received string'],
  ])
})
