import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { open, SealedSecretError, seal } from './sealed-secret.ts'

const masterKey = randomBytes(32)

test('opens what it sealed, and never seals twice alike', () => {
  const sealed = seal('ek_live_密', 'key_1', masterKey)
  expect(open(sealed, 'key_1', masterKey)).toBe('ek_live_密')
  expect(seal('ek_live_密', 'key_1', masterKey)).not.toBe(sealed)
  expect(sealed).not.toContain('ek_live')
})

test.each([
  ['another object', (sealed: string) => open(sealed, 'key_2', masterKey)],
  ['another key', (sealed: string) => open(sealed, 'key_1', randomBytes(32))],
  ['a changed byte', (sealed: string) => open(`${sealed.slice(0, -2)}AA`, 'key_1', masterKey)],
  ['half of it', (sealed: string) => open(sealed.slice(0, 12), 'key_1', masterKey)],
  ['another form', (sealed: string) => open(sealed.replace('s1:', 's9:'), 'key_1', masterKey)],
])('refuses to open with %s', (_, attempt) => {
  const sealed = seal('secret', 'key_1', masterKey)
  expect(() => attempt(sealed)).toThrow(SealedSecretError)
})
