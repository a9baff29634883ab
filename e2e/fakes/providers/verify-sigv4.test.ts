import { expect, it } from 'vitest'
import { type SignedRequest, sigV4Fault } from './verify-sigv4.ts'

/** Cases of AWS's Signature Version 4 test suite, with the signatures that they were published with. */
const account = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const scope = { region: 'us-east-1', service: 'service', now: Date.UTC(2015, 7, 30, 12, 36, 0) }

const cases: ReadonlyArray<readonly [string, Partial<SignedRequest>, string, string]> = [
  ['get-vanilla', {}, 'host;x-amz-date', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-query-order-key-case',
    { target: '/?Param2=value2&Param1=value1' },
    'host;x-amz-date',
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'get-unreserved',
    { target: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz' },
    'host;x-amz-date',
    '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  ],
  [
    'get-header-value-trim',
    { headers: { 'my-header1': ' value1', 'my-header2': '"a   b   c"' } },
    'host;my-header1;my-header2;x-amz-date',
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
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
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from('Param1=value1'),
    },
    'content-type;host;x-amz-date',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
]

function signed(request: Partial<SignedRequest>, names: string, signature: string): SignedRequest {
  const credential = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request'
  return {
    method: 'GET',
    target: '/',
    body: Buffer.alloc(0),
    ...request,
    headers: {
      host: 'example.amazonaws.com',
      'x-amz-date': '20150830T123600Z',
      ...request.headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
    },
  }
}

it.each(cases)('takes the published case %s', (_name, request, names, signature) => {
  expect(sigV4Fault(signed(request, names, signature), [account], scope)).toBeNull()
})

it.each([
  ['another body', { body: Buffer.from('x') }, 'SignatureDoesNotMatch'],
  ['another path', { target: '/x' }, 'SignatureDoesNotMatch'],
  ['another query', { target: '/?x=1' }, 'SignatureDoesNotMatch'],
  ['another method', { method: 'PUT' }, 'SignatureDoesNotMatch'],
  ['an unsigned header of AWS', { headers: { 'x-amz-target': 'x' } }, 'HeaderNotSigned'],
  ['an unsigned content type', { headers: { 'content-type': 'x' } }, 'HeaderNotSigned'],
  ['another time', { headers: { 'x-amz-date': '20150830T123700Z' } }, 'SignatureDoesNotMatch'],
  ['a token of nobody', { headers: { 'x-amz-security-token': 'x' } }, 'WrongToken'],
])('refuses the signature of get-vanilla on %s', (_what, change, fault) => {
  const [, request, names, signature] = cases[0] ?? ['', {}, '', '']
  expect(sigV4Fault(signed({ ...request, ...change }, names, signature), [account], scope)).toBe(fault)
})

it('refuses what is late, of another region or of nobody', () => {
  const [, request, names, signature] = cases[0] ?? ['', {}, '', '']
  const right = signed(request, names, signature)
  expect(sigV4Fault(right, [account], { ...scope, now: scope.now + 301_000 })).toBe('RequestExpired')
  expect(sigV4Fault(right, [account], { ...scope, region: 'eu-west-3' })).toBe('WrongScope')
  expect(sigV4Fault(right, [], scope)).toBe('UnrecognizedClient')
  expect(sigV4Fault({ ...right, headers: { host: 'x' } }, [account], scope)).toBe('IncompleteSignature')
})
