import { expect, test } from 'vitest'
import {
  type CredentialValues,
  consumerFieldPath,
  consumerFormSchema,
  createConsumerOf,
  createCredentialOf,
  credentialFormSchema,
  emptyCredential,
} from './consumer-form.ts'
import { rotateCredentialOf, rotateFormSchema } from './rotate-credential-form.ts'

const sentence = () => 'Other.'

function complaints(credential: Partial<CredentialValues>): Record<string, string> {
  const result = credentialFormSchema(sentence).safeParse({
    credential: { ...emptyCredential, ...credential },
  })
  return Object.fromEntries(
    (result.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]),
  )
}

test('an untouched form asks for an API key that is made, sent as official clients send it', () => {
  expect(complaints({})).toEqual({})
  expect(createCredentialOf({ credential: emptyCredential })).toEqual({
    type: 'api-key',
    location: { in: 'standard' },
  })
})

test('a key of one’s own goes into a header of one’s own', () => {
  const credential = {
    ...emptyCredential,
    key: 'sixteen-characters',
    place: 'header',
    placeName: 'X-Team-Key',
  } as const
  expect(createCredentialOf({ credential })).toEqual({
    type: 'api-key',
    key: 'sixteen-characters',
    location: { in: 'header', name: 'x-team-key' },
  })
})

test('complaints land on the fields that the form has', () => {
  expect(complaints({ key: 'short', place: 'header', placeName: 'Cookie' })).toEqual({
    'credential.key': 'Use 16 to 256 letters, digits and signs of ASCII, without spaces.',
    'credential.placeName': 'This header says something else already. Choose another name.',
  })
  expect(complaints({ type: 'jwt', keysFrom: 'jwks', jwks: '{' })).toEqual({
    'credential.jwks': 'This is not a JSON document.',
  })
  expect(complaints({ type: 'jwt', keysFrom: 'jwks', jwks: '{"keys":[]}', value: 'app' })).toEqual({
    'credential.jwks': 'Give at least one key.',
  })
  expect(complaints({ type: 'jwt', jwksUrl: 'issuer', value: '' })).toEqual({
    'credential.jwksUrl': 'Start with http:// or https://.',
    'credential.value': 'Fill this in.',
  })
  const secret = { type: 'jwt', keysFrom: 'secret', jwtSecret: 'x'.repeat(32), value: 'app' } as const
  expect(complaints({ ...secret, algorithms: ['HS512'] })).toEqual({
    'credential.algorithms': 'HS512 needs a secret of at least 64 bytes.',
  })
  expect(Object.keys(complaints({ type: 'hmac', keyId: ' ', maxAgeSeconds: null }))).toEqual([
    'credential.keyId',
    'credential.maxAgeSeconds',
  ])
  expect(consumerFieldPath('credentials.0.keys.secret')).toBe('credential.jwtSecret')
  expect(consumerFieldPath('modelApiIds.3')).toBe('modelApis')
  expect(consumerFieldPath('name')).toBe('name')
})

test('a token’s issuer and audience are left open when nothing is written', () => {
  const credential = {
    ...emptyCredential,
    type: 'jwt',
    jwksUrl: 'https://issuer.example.com/jwks.json',
    audience: 'switchyard',
    value: 'app',
  } as const
  expect(createCredentialOf({ credential })).toMatchObject({
    keys: { from: 'url', jwksUrl: 'https://issuer.example.com/jwks.json' },
    algorithms: ['RS256'],
    issuer: null,
    audience: 'switchyard',
    claim: 'sub',
    value: 'app',
    clockSkewSeconds: 60,
  })
})

test('a signature covers method and path, and what is ticked', () => {
  const credential = {
    ...emptyCredential,
    type: 'hmac',
    keyId: 'batch',
    coversQuery: false,
    coversAuthority: true,
  } as const
  expect(createCredentialOf({ credential })).toEqual({
    type: 'hmac',
    keyId: 'batch',
    components: ['@method', '@authority', '@path', 'content-digest'],
    maxAgeSeconds: 300,
  })
})

test('a consumer is made without a credential, and granted by names', () => {
  const form = {
    name: 'team',
    modelApis: ['chat', 'gone'],
    credential: { ...emptyCredential, type: 'none', key: 'short' },
  } as const
  expect(consumerFormSchema(sentence).safeParse(form).success).toBe(true)
  expect(createConsumerOf(form, [{ id: 'mapi_1', name: 'chat' }])).toEqual({
    name: 'team',
    modelApiIds: ['mapi_1', 'gone'],
    credentials: [],
  })
  const [issue] = consumerFormSchema(sentence).safeParse({ ...form, name: 'a b' }).error?.issues ?? []
  expect(issue).toMatchObject({ path: ['name'], message: 'Letters, digits, _ and -, 1 to 64 in all.' })
})

test('rotating takes a key or makes one, but needs the secret of an issuer', () => {
  expect(rotateCredentialOf({ grace: '0', secret: '' }, 'api-key')).toEqual({ graceSeconds: 0 })
  const given = { grace: '3600', secret: 'sixteen-characters' } as const
  expect(rotateCredentialOf(given, 'api-key')).toEqual({ graceSeconds: 3600, key: 'sixteen-characters' })
  expect(rotateCredentialOf(given, 'hmac')).toEqual({ graceSeconds: 3600, secret: 'sixteen-characters' })
  const valid = (type: 'api-key' | 'jwt' | 'hmac', secret: string) =>
    rotateFormSchema(type).safeParse({ grace: '0', secret }).success
  expect([valid('api-key', ''), valid('api-key', 'short'), valid('hmac', '')]).toEqual([true, false, true])
  expect([valid('jwt', ''), valid('jwt', 'x'.repeat(32))]).toEqual([false, true])
})
