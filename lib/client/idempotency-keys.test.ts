import { describe, expect, test } from 'vitest'
import { ConsoleApiError } from './console-api-error.ts'
import { IdempotencyKeys } from './idempotency-keys.ts'

const failure = (status: number) =>
  new ConsoleApiError({ code: 'internal', status, detail: 'It failed.', requestId: null })

describe('a create', () => {
  test('keeps its key while nobody knows whether it worked', () => {
    const keys = new IdempotencyKeys()
    const first = keys.keyFor({ name: 'a' })
    keys.settle(failure(0))
    expect(keys.keyFor({ name: 'a' })).toBe(first)
    keys.settle(failure(503))
    expect(keys.keyFor({ name: 'a' })).toBe(first)
  })

  test.each([
    ['it worked', null],
    ['the console refused it', failure(422)],
  ])('takes a new key after %s', (_, error) => {
    const keys = new IdempotencyKeys()
    const first = keys.keyFor({ name: 'a' })
    keys.settle(error)
    expect(keys.keyFor({ name: 'a' })).not.toBe(first)
  })

  test('takes a new key for another input', () => {
    const keys = new IdempotencyKeys()
    expect(keys.keyFor({ name: 'a' })).not.toBe(keys.keyFor({ name: 'b' }))
  })
})
