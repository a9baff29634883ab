import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { SignedRequest } from './verify-sigv4.ts'

/** Tencent Cloud's "Signature v3" (TC3-HMAC-SHA256), checked from its document and with nothing of a signer's code. */
export interface TencentAccount {
  readonly secretId: string
  readonly secretKey: string
}

const shape =
  /^TC3-HMAC-SHA256 Credential=(?<id>[^/\s]+)\/(?<date>\d{4}-\d\d-\d\d)\/(?<service>[a-z]+)\/tc3_request, SignedHeaders=(?<names>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]{64})$/
const skewSeconds = 300

/** Null: it is right. Else Tencent's code. `now` in milliseconds since the epoch. */
export function tc3Fault(
  { method, headers, body }: SignedRequest,
  accounts: readonly TencentAccount[],
  { service, now }: { readonly service: string; readonly now: number },
): string | null {
  const said = shape.exec(headers.authorization ?? '')?.groups
  if (said === undefined || said['service'] !== service) return 'AuthFailure.InvalidAuthorization'
  const account = accounts.find(({ secretId }) => secretId === said['id'])
  if (account === undefined) return 'AuthFailure.SecretIdNotFound'
  const timestamp = String(headers['x-tc-timestamp'] ?? '')
  const date = new Date(Number(timestamp) * 1000)
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= skewSeconds)) return 'AuthFailure.SignatureExpire'
  if (date.toISOString().slice(0, 10) !== said['date']) return 'AuthFailure.SignatureExpire'
  const names = (said['names'] ?? '').split(';')
  if (!names.includes('content-type') || !names.includes('host')) return 'AuthFailure.InvalidAuthorization'
  const canonical =
    `${method}\n/\n\n` +
    names
      .map(
        (name) =>
          `${name}:${String(headers[name] ?? '')
            .trim()
            .toLowerCase()}\n`,
      )
      .join('') +
    `\n${names.join(';')}\n${hash(body)}`
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${said['date']}/${service}/tc3_request\n${hash(canonical)}`
  const daily = hmac(`TC3${account.secretKey}`, said['date'] ?? '')
  const expected = hmac(hmac(hmac(daily, service), 'tc3_request'), text)
  return timingSafeEqual(expected, Buffer.from(said['signature'] ?? '', 'hex'))
    ? null
    : 'AuthFailure.SignatureFailure'
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
