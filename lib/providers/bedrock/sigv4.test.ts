import { expect, it } from 'vitest'
import { SigV4Credential } from './sigv4.ts'

/** Cases of AWS's Signature Version 4 test suite: its key, region, service and time. */
const key = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: '',
}
const at = Date.UTC(2015, 7, 30, 12, 36, 0)
const sessionToken =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=='

function sign(request: { method?: string; path?: string; headers?: string[]; body?: string }, token = '') {
  const scope = { region: 'us-east-1', service: 'service' }
  return new SigV4Credential({ ...key, sessionToken: token }, scope, () => at).authorize({
    method: request.method ?? 'GET',
    host: 'example.amazonaws.com',
    path: request.path ?? '/',
    headers: request.headers ?? [],
    body: request.body === undefined ? null : Buffer.from(request.body),
  })
}

const unreserved = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

it.each([
  ['get-vanilla', {}, 'host;x-amz-date', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-query-order-key-case',
    { path: '/?Param2=value2&Param1=value1' },
    'host;x-amz-date',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'get-unreserved',
    { path: `/${unreserved}` },
    'host;x-amz-date',
    '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  ],
  [
    'post-vanilla',
    { method: 'POST' },
    'host;x-amz-date',
    '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  ],
  [
    'post-x-www-form-urlencoded',
    {
      method: 'POST',
      headers: ['content-type', 'application/x-www-form-urlencoded'],
      body: 'Param1=value1',
    },
    'content-type;host;x-amz-date',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
])('signs the published case %s as published', async (_name, request, signed, signature) => {
  expect(await sign(request)).toEqual({
    headers: [
      'authorization',
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
      'x-amz-date',
      '20150830T123600Z',
    ],
    query: '',
  })
})

it('signs the published case post-sts-header-before, with its session token', async () => {
  const { headers } = await sign({ method: 'POST' }, sessionToken)
  expect(headers[1]).toContain(
    'SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
  )
  expect(headers.slice(4)).toEqual(['x-amz-security-token', sessionToken])
})

it('leaves out what is changed on the way or brought by the signature', async () => {
  const { headers } = await sign({
    headers: ['user-agent', 'x', 'x-amz-date', '20000101T000000Z', 'x-amz-target', 'y', 'accept', 'z'],
  })
  expect(headers[1]).toContain('SignedHeaders=host;x-amz-date;x-amz-target,')
  expect(headers[3]).toBe('20150830T123600Z')
})
