import { expect, test } from 'vitest'
import { Redactor, secretsOf } from './redactor.ts'
import type { Sending } from './request-trace.ts'
import { showBody, showSending } from './shown-request.ts'

const key = 'a+secret/key=0123456789'

function sending(changes: Partial<Sending['request']> & Partial<Sending> = {}): Sending {
  const { origin = 'https://api.test', credentials = [], credentialQuery = '', ...request } = changes
  return {
    ...{
      service: { id: 'svc_1', name: 'one' },
      model: null,
      origin,
      host: 'api.test',
      credentials,
      credentialQuery,
    },
    ...{ isConverted: false, dropped: [] },
    request: {
      ...{ method: 'POST', path: '/v1', headers: [], body: null, contentLength: null },
      ...{ isUpgrade: false, bodyTimeoutMs: 1, trailers: null, ...request },
    },
  }
}

test('hides a key by its value in every form, also in the path, the query and the body', () => {
  const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64')]
  const shown = showSending(
    sending({
      path: `/projects/${forms[1]}?k=${forms[1]}&plain=1`,
      headers: ['x-custom', `prefix ${key}`, 'x-other', forms[2] ?? ''],
      body: Buffer.from(JSON.stringify({ forms })),
    }),
    new Redactor([key]),
    1_000,
  )
  const text = JSON.stringify(shown)
  for (const form of forms) expect(text).not.toContain(form)
  expect(shown.url).toBe('https://api.test/projects/••••6789?k=••••6789&plain=1')
})

test('hides by its name what nobody told of, and shows what signing adds besides', () => {
  const credentials = [
    ...['Authorization', 'AWS4-HMAC-SHA256 Credential=AKID/x, Signature=0123456789abcdef'],
    ...['X-Amz-Date', '20261121T000000Z', 'x-made-up', 'a-value-of-its-own-1234'],
  ]
  const shown = showSending(
    sending({
      path: '/v1?access_token=abcdefghijklmnopqrst&sig=short&model=x',
      headers: ['x-goog-api-key', 'unknown-key-of-a-caller', 'cookie', 'a=b', ...credentials],
      credentials,
      body: Buffer.from('{"api_key": "k-1234567890abcdef","password":"p","text":"password"}'),
    }),
    new Redactor([]),
    1_000,
  )
  expect(shown.url).toBe('https://api.test/v1?access_token=••••qrst&sig=••••&model=x')
  expect(shown.headers).toEqual([
    ['host', 'api.test'],
    ['x-goog-api-key', '••••ller'],
    ['cookie', '••••'],
    ['Authorization', '••••cdef'],
    ['X-Amz-Date', '20261121T000000Z'],
    ['x-made-up', '••••1234'],
    ['content-length', '66'],
  ])
  expect(shown.body?.content).toBe('{"api_key": "••••cdef","password":"••••","text":"password"}')
})

test('knows each secret part of a key that has several, and what may be public of it', () => {
  const value = JSON.stringify({
    type: 'service_account',
    project_id: 'project-1',
    private_key: 'line one\nline two',
  })
  const upstream = { kind: 'provider', keys: [{ id: 'key_1', value }], tls: null } as never
  const redactor = new Redactor(secretsOf([{ upstream } as never]))
  expect(redactor.text('a line one\nline two b')).toBe('a •••• two b')
  expect(redactor.text(JSON.stringify('line one\nline two'))).not.toContain('line one')
  expect(redactor.text('project-1 of a service_account')).toBe('project-1 of a service_account')
})

test('cuts a body between characters, after secrets are out of it', () => {
  const body = Buffer.from(`ab${key}😀😀`)
  const shown = showBody(body, new Redactor([key]), 2 + Buffer.byteLength('••••6789') + 5, true)
  expect(shown).toEqual({ encoding: 'text', content: 'ab••••6789😀', bytes: body.length, isCut: true })
  const binary = Buffer.from([255, 254, 253])
  expect(showBody(binary, new Redactor([]), 2, true)).toEqual({
    ...{ encoding: 'base64', content: binary.subarray(0, 2).toString('base64'), bytes: 3, isCut: true },
  })
})
