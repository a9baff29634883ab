import { expect, test } from 'vitest'
import { objectName } from '@/lib/domain/network.ts'
import { isEncryptedKey, splitPem, suggestName } from './read-pem.ts'

const pem = (kind: string, body: string) => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`
const leaf = pem('CERTIFICATE', 'leaf')
const issuer = pem('CERTIFICATE', 'issuer')

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
  'takes a %s out of a file that holds both',
  (kind) => {
    const key = pem(kind, 'secret')
    const { chain, key: found } = splitPem(`${leaf}\n${key}\n${issuer}\n`)
    expect(found).toBe(key)
    expect(chain).not.toContain('secret')
    expect(chain).toContain(leaf)
    expect(chain).toContain(issuer)
  },
)

test('leaves certificates alone, and what is being typed', () => {
  expect(splitPem(`${leaf}\n${issuer}`)).toEqual({ chain: `${leaf}\n${issuer}`, key: '' })
  expect(splitPem('-----BEGIN PRIVATE KEY-----\nMII')).toEqual({
    chain: '-----BEGIN PRIVATE KEY-----\nMII',
    key: '',
  })
})

test('knows an encrypted key', () => {
  expect(isEncryptedKey(pem('ENCRYPTED PRIVATE KEY', 'x'))).toBe(true)
  expect(isEncryptedKey(pem('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nx'))).toBe(true)
  expect(isEncryptedKey(pem('PRIVATE KEY', 'x'))).toBe(false)
})

test.each([
  [['api.example.com', 'b'], [], 'api-example-com'],
  [['*.example.com'], [], 'wildcard-example-com'],
  [['api.example.com'], ['api-example-com', 'api-example-com-2'], 'api-example-com-3'],
  [['1.2.3.4'], [], 'certificate'],
  [[], [], 'certificate'],
  [[`${'a'.repeat(60)}.example.com`], [], 'a'.repeat(58)],
])('names %j', (hosts, taken, expected) => {
  expect(suggestName(hosts, taken)).toBe(expected)
  expect(objectName.safeParse(suggestName(hosts, taken)).success).toBe(true)
})
