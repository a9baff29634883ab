import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openSecret, SealedSecretError, sealSecret } from './sealed-secret.ts'

const masterKey = randomBytes(32)

test('opens what it sealed, and never seals twice alike', () => {
  const sealed = sealSecret(masterKey, 'key_1', 'ek_live_密')
  expect(openSecret(masterKey, 'key_1', sealed)).toBe('ek_live_密')
  expect(sealSecret(masterKey, 'key_1', 'ek_live_密')).not.toBe(sealed)
  expect(sealed).not.toContain('ek_live')
})

test.each([
  ['another object', (sealed: string) => openSecret(masterKey, 'key_2', sealed)],
  ['another key', (sealed: string) => openSecret(randomBytes(32), 'key_1', sealed)],
  ['a changed byte', (sealed: string) => openSecret(masterKey, 'key_1', withFlippedLastByte(sealed))],
  ['half of it', (sealed: string) => openSecret(masterKey, 'key_1', sealed.slice(0, 12))],
  ['another form', (sealed: string) => openSecret(masterKey, 'key_1', sealed.replace('s1:', 's9:'))],
])('refuses to open with %s', (_, attempt) => {
  const sealed = sealSecret(masterKey, 'key_1', 'secret')
  expect(() => attempt(sealed)).toThrow(SealedSecretError)
})

function withFlippedLastByte(sealed: string): string {
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return `s1:${bytes.toString('base64url')}`
}
