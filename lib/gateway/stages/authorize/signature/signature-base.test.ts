import { createHmac, hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { GatewayError } from '@/lib/gateway/error.ts'
import { combinedField, type SignedMessage, signatureBase } from './signature-base.ts'
import { readContentDigest } from './signed-body.ts'
import { bytesOf, type InnerList, parseDictionary } from './structured-fields.ts'

/** The request of RFC 9421, appendix B.2. */
const rawHeaders = [
  ...['Host', 'example.com', 'Date', 'Tue, 20 Apr 2021 02:07:55 GMT', 'Content-Type', 'application/json'],
  'Content-Digest',
  'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
  ...['Content-Length', '18'],
]
const target = '/foo?param=Value&Pet=dog'
const message: SignedMessage = {
  exchange: { scheme: 'https', method: 'POST', target, rawHeaders },
  request: { url: target, host: 'Example.com:443' },
}
const body = Buffer.from('{"hello": "world"}')

function inputOf(field: string): InnerList {
  const [member] = parseDictionary(field)?.values() ?? []
  if (member === undefined || !('items' in member)) throw new Error('No inner list.')
  return member
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof GatewayError) return error.code
    throw error
  }
  return 'passed'
}

test('is that of the published vector for hmac-sha256 (RFC 9421, B.2.5)', () => {
  const field = 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"'
  const secret = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=='
  const made = createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(signatureBase(message, inputOf(field)))
    .digest()
  const published = parseDictionary('sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:')
  expect(bytesOf(published?.get('sig-b25'))).toEqual(made)
})

test('says what was asked for', () => {
  const names = ['@method', '@authority', '@scheme', '@path', '@query', '@request-target', '@target-uri']
  const input = inputOf(`a=(${names.map((name) => `"${name}"`).join(' ')});created=1`)
  expect(signatureBase(message, input).split('\n')).toEqual([
    '"@method": POST',
    '"@authority": example.com',
    '"@scheme": https',
    '"@path": /foo',
    '"@query": ?param=Value&Pet=dog',
    '"@request-target": /foo?param=Value&Pet=dog',
    '"@target-uri": https://example.com/foo?param=Value&Pet=dog',
    `"@signature-params": ${input.text}`,
  ])
  const without = { ...message, request: { url: '/foo', host: 'a:8080' } }
  expect(signatureBase(without, inputOf('a=("@query" "@authority")'))).toContain(
    '"@query": ?\n"@authority": a:8080\n',
  )
})

test('takes all lines of a field together, and no field that is not there', () => {
  const fields = ['X-A', ' one ', 'x-b', '', 'x-a', 'two']
  expect(combinedField(fields, 'x-a')).toBe('one, two')
  expect(combinedField(fields, 'x-b')).toBe('')
  expect(combinedField(fields, 'x-c')).toBeNull()
})

test.each([
  'a=("x-nothing")',
  'a=("@status")',
  'a=("@query-param";name="Pet")',
  'a=("date";bs)',
  'a=("@method" "@method")',
  'a=(date)',
  `a=(${Array.from({ length: 33 }, (_, index) => `"x-${index}"`).join(' ')})`,
])('%s is not understood', (field) => {
  expect(codeOf(() => signatureBase(message, inputOf(field)))).toBe('credential_rejected')
})

test('a digest is that of the whole body, by every algorithm it names', () => {
  const published = readContentDigest(String(combinedField(rawHeaders, 'content-digest')))
  expect(published.checked(body)).toBe(body)
  expect(codeOf(() => published.checked(Buffer.from('{"hello": "World"}')))).toBe('digest_mismatch')
  expect(codeOf(() => published.checked(Buffer.alloc(0)))).toBe('digest_mismatch')
  const right = `sha-256=:${hash('sha256', body, 'base64')}:`
  expect(readContentDigest(right).checked(body)).toBe(body)
  const half = readContentDigest(`${right}, sha-512=:${hash('sha256', body, 'base64')}:`)
  expect(codeOf(() => half.checked(body))).toBe('digest_mismatch')
  for (const weak of ['', 'md5=:AA==:', 'sha-256="x"', 'nonsense,,']) {
    expect(codeOf(() => readContentDigest(weak))).toBe('credential_rejected')
  }
})
