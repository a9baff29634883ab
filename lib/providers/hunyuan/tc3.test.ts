import { expect, it } from 'vitest'
import { Tc3Credential } from './tc3.ts'

/** The request of Tencent Cloud's document "Signature v3", its key pair, and the signatures that it was published with. */
const body = Buffer.from(
  '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
)
const request = {
  method: 'POST',
  host: 'cvm.tencentcloudapi.com',
  path: '/',
  body,
}
const type = ['content-type', 'application/json; charset=utf-8'] as const
const action = ['x-tc-action', 'DescribeInstances'] as const
const at = 1_551_113_065_000

it.each([
  {
    edition: 'content type and host',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    headers: [...type],
    signed: 'content-type;host',
    signature: '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  },
  {
    edition: 'content type, host and action',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3*******',
    headers: [...action, ...type],
    signed: 'content-type;host;x-tc-action',
    signature: 'be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3',
  },
])('signs the published request as published, with $edition', ({ secretKey, headers, signed, signature }) => {
  const credential = new Tc3Credential(
    { secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secretKey },
    'cvm',
    () => at,
  )
  expect(credential.authorize({ ...request, headers })).toEqual({
    headers: [
      'authorization',
      `TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=${signed}, Signature=${signature}`,
      'x-tc-timestamp',
      '1551113065',
    ],
    query: '',
  })
})

it('derives a new signing key when the day changes in UTC', () => {
  let now = Date.UTC(2026, 0, 31, 23, 59, 59)
  const signer = new Tc3Credential({ secretId: 'AKID', secretKey: 'secret' }, 'hunyuan', () => now)
  signer.authorize({ ...request, headers: [] })
  now += 1000
  const fresh = new Tc3Credential({ secretId: 'AKID', secretKey: 'secret' }, 'hunyuan', () => now)
  const next = signer.authorize({ ...request, headers: [] })
  expect(next).toEqual(fresh.authorize({ ...request, headers: [] }))
  expect(next.headers[1]).toContain('/2026-02-01/hunyuan/')
})
