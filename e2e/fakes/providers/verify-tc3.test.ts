import { expect, it } from 'vitest'
import { tc3Fault } from './verify-tc3.ts'

/** The request and the key pair of Tencent Cloud's document, with the signature that they were published with. */
const account = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
}
const scope = { service: 'cvm', now: 1_551_113_065_000 }
const published = {
  method: 'POST',
  target: '/',
  headers: {
    host: 'cvm.tencentcloudapi.com',
    'content-type': 'application/json; charset=utf-8',
    'x-tc-timestamp': '1551113065',
    authorization: `TC3-HMAC-SHA256 Credential=${account.secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168`,
  },
  body: Buffer.from(
    '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
  ),
}

it('takes the published request', () => {
  expect(tc3Fault(published, [account], scope)).toBeNull()
})

it('refuses its signature on anything else', () => {
  const changed = { ...published, body: Buffer.from('{}') }
  expect(tc3Fault(changed, [account], scope)).toBe('AuthFailure.SignatureFailure')
  const moved = { ...published, headers: { ...published.headers, host: 'cvm.example.com' } }
  expect(tc3Fault(moved, [account], scope)).toBe('AuthFailure.SignatureFailure')
  expect(tc3Fault(published, [account], { ...scope, now: scope.now + 301_000 })).toBe(
    'AuthFailure.SignatureExpire',
  )
  expect(tc3Fault(published, [], scope)).toBe('AuthFailure.SecretIdNotFound')
  expect(tc3Fault(published, [account], { ...scope, service: 'hunyuan' })).toBe(
    'AuthFailure.InvalidAuthorization',
  )
})
