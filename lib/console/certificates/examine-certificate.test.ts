import { afterAll, describe, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { examineCertificate } from './examine-certificate.ts'

const authority = new TestAuthority()
afterAll(() => authority.close())

const day = 86_400_000
const leaf = authority.issue({ names: ['api.example.com', '*.Example.com'] })
const good: Parameters<typeof examineCertificate>[0] & { readonly key: string } = {
  chain: authority.chain(leaf),
  key: leaf.key,
  passphrase: null,
}
const { root, intermediate } = authority

function examine(change: Partial<typeof good> = {}, after = 0) {
  return examineCertificate({ ...good, ...change }, Date.now() + after)
}

const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code)

describe('a good chain and its key', () => {
  test('have no complaint, and facts for people', () => {
    const { facts, errors, warnings, chainPem, keyPem } = examine()
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [] })
    expect(facts).toMatchObject({
      subject: 'CN=api.example.com',
      issuer: 'CN=Test intermediate',
      names: ['api.example.com', '*.example.com'],
      keyType: 'EC prime256v1',
      chainLength: 2,
    })
    expect(facts?.fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(facts?.daysLeft).toBeGreaterThanOrEqual(89)
    expect(chainPem).toContain('BEGIN CERTIFICATE')
    expect(keyPem).toContain('BEGIN PRIVATE KEY')
  })

  test('may carry text for people, the root, and a key under a passphrase', () => {
    const chain = `Bag Attributes: none\n${good.chain}\nissuer\n${root.cert}`
    const key = authority.encryptKey(leaf.key, 'secret')
    const examined = examine({ chain, key, passphrase: 'secret' })
    expect(examined.errors).toEqual([])
    expect(examined.keyPem).toContain('BEGIN PRIVATE KEY')
    expect(examined.chainPem).not.toContain('Bag')
  })

  test('may wait for the key', () => {
    expect(examineCertificate({ ...good, key: null }, Date.now()).errors).toEqual([])
  })
})

describe('a complaint', () => {
  const weak = authority.issue({ names: ['a.example.com'], key: 'rsa:1024' })
  const old = authority.issue({ names: ['a.example.com'], digest: 'sha1' })
  const nameless = authority.issue({ names: [] })
  const other = authority.issue({ names: ['b.example.com'] })
  const locked = authority.encryptKey(leaf.key, 'secret')

  test.each([
    ['another key', { key: other.key }, 'key', 'key_mismatch', 'not to api.example.com'],
    ['no passphrase', { key: locked }, 'passphrase', 'passphrase_missing', 'Type its passphrase'],
    [
      'a wrong passphrase',
      { key: locked, passphrase: 'x' },
      'passphrase',
      'passphrase_wrong',
      'does not open',
    ],
    ['a certificate for a key', { key: leaf.cert }, 'key', 'not_a_key', 'This is a certificate'],
    ['no key at all', { key: 'hello' }, 'key', 'not_pem', 'BEGIN PRIVATE KEY'],
    ['two keys', { key: leaf.key + other.key }, 'key', 'several_keys', 'more than one'],
    ['a key among certificates', { chain: good.chain + leaf.key }, 'chain', 'key_in_chain', 'private key'],
    ['no certificate', { chain: 'hello' }, 'chain', 'not_pem', 'BEGIN CERTIFICATE'],
    [
      'bytes that are none',
      { chain: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      'chain',
      'unreadable',
      'Certificate 1 of 1 could not be read.',
    ],
    [
      'the wrong order',
      { chain: intermediate.cert + leaf.cert },
      'chain',
      'chain_order',
      'Paste them as: api.example.com, Test intermediate.',
    ],
    [
      'a missing link',
      { chain: leaf.cert + root.cert },
      'chain',
      'chain_broken',
      'Certificate 2 (Test root) did not issue certificate 1 (api.example.com).',
    ],
    ['a short RSA key', { chain: weak.cert, key: weak.key }, 'chain', 'weak_key', 'an RSA key of 1024 bits'],
    ['SHA-1', { chain: old.cert, key: old.key }, 'chain', 'weak_signature', 'SHA-1'],
    ['no host name', { chain: nameless.cert, key: nameless.key }, 'chain', 'no_names', 'names no host'],
  ])('is made of %s, on its field', (_, change, path, code, sentence) => {
    const complaint = examine(change).errors.find((error) => error.code === code)
    expect(complaint).toMatchObject({ path })
    expect(complaint?.message).toContain(sentence)
  })

  test('is made of one that has expired, wherever it stands in the chain', () => {
    expect(examine({}, 91 * day).errors[0]).toMatchObject({ path: 'chain', code: 'expired' })
    const young = authority.issue({ names: ['a.example.com'], days: 9000 })
    const examined = examine({ chain: authority.chain(young), key: young.key }, 4000 * day)
    expect(examined.errors[0]?.message).toMatch(/^Certificate 2 \(Test intermediate\) expired on 20/)
  })

  test('is made of a key whose encryption nobody waits for', () => {
    const key = authority.encryptKey(leaf.key, 'secret', 5_000_001)
    expect(codes(examine({ key, passphrase: 'secret' }).errors)).toEqual(['key_too_slow'])
  }, 120_000)

  test('is made of a key that is nothing but brackets', () => {
    let nested = Buffer.alloc(0)
    for (let depth = 0; depth < 8000; depth++) {
      const length = Buffer.alloc(6, 0x84)
      length.writeUInt8(0x30, 0)
      length.writeUInt32BE(nested.length, 2)
      nested = Buffer.concat([length, nested])
    }
    const key = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${nested.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----`
    expect(codes(examine({ key, passphrase: 'secret' }).errors)).toEqual(['passphrase_wrong'])
  })
})

describe('a warning', () => {
  test('names tomorrow, today and days to come', () => {
    const messageAfter = (ms: number) => examine({}, ms).warnings.map(({ message }) => message)
    const end = Date.parse(String(examine().facts?.notAfter)) - Date.now()
    expect(messageAfter(end - 20 * day)[0]).toMatch(/^It expires in 20 days, on /)
    expect(messageAfter(end - day)[0]).toMatch(/^It expires tomorrow, on /)
    expect(messageAfter(end - 1000)[0]).toMatch(/^It expires (today|tomorrow), on /)
    expect(messageAfter(end - 31 * day)).toEqual([])
  })

  test('is given for a self-signed one, a lonely leaf and one of the future', () => {
    const alone = authority.selfSigned(['a.example.com'])
    expect(codes(examine({ chain: alone.cert, key: alone.key }).warnings)).toEqual(['self_signed'])
    expect(codes(examine({ chain: leaf.cert }).warnings)).toEqual(['chain_short'])
    expect(codes(examine({}, -2 * day).warnings)).toContain('not_yet_valid')
  })
})
