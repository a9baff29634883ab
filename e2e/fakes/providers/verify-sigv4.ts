import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/*
 * AWS Signature Version 4, checked from its specification (Create a signed AWS API request, IAM User Guide) and with
 * nothing of a signer's code: a signer's mistake cannot be repeated here.
 */

export interface SignedRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface AwsAccount {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface ExpectedScope {
  readonly region: string
  readonly service: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

const shape =
  /^AWS4-HMAC-SHA256 Credential=(?<id>[^/\s]+)\/(?<date>\d{8})\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request, SignedHeaders=(?<names>[a-z0-9;-]+), Signature=(?<signature>[0-9a-f]{64})$/
const skewMs = 5 * 60_000

/** Null: it is right. Else what AWS would say is wrong. */
export function sigV4Fault(
  request: SignedRequest,
  accounts: readonly AwsAccount[],
  { region, service, now }: ExpectedScope,
): string | null {
  const said = shape.exec(request.headers.authorization ?? '')?.groups
  if (said === undefined) return 'IncompleteSignature'
  const account = accounts.find(({ accessKeyId }) => accessKeyId === said['id'])
  if (account === undefined) return 'UnrecognizedClient'
  const stamp = one(request.headers['x-amz-date'])
  if (Math.abs(timeOf(stamp) - now) > skewMs || !stamp.startsWith(said['date'] ?? '-'))
    return 'RequestExpired'
  if (said['region'] !== region || said['service'] !== service) return 'WrongScope'
  if (one(request.headers['x-amz-security-token']) !== (account.sessionToken ?? '')) return 'WrongToken'
  const names = (said['names'] ?? '').split(';')
  if (mustBeSigned(request.headers).some((name) => !names.includes(name))) return 'HeaderNotSigned'
  if (names.join(';') !== [...names].sort().join(';')) return 'HeadersNotSorted'
  const scope = `${said['date']}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonicalRequest(request, names))].join('\n')
  const key = [said['date'] ?? '', region, service, 'aws4_request'].reduce(
    (secret: string | Buffer, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${account.secretAccessKey}`,
  )
  const expected = createHmac('sha256', key).update(text).digest()
  const isRight = timingSafeEqual(expected, Buffer.from(said['signature'] ?? '', 'hex'))
  return isRight ? null : 'SignatureDoesNotMatch'
}

/** "Host, the content type where there is one, and everything that begins with x-amz-." */
function mustBeSigned(headers: IncomingHttpHeaders): readonly string[] {
  return Object.keys(headers).filter(
    (name) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'),
  )
}

function canonicalRequest(request: SignedRequest, names: readonly string[]): string {
  const at = request.target.indexOf('?')
  const path = at === -1 ? request.target : request.target.slice(0, at)
  const query = at === -1 ? '' : request.target.slice(at + 1)
  return [
    request.method,
    path.split('/').map(escaped).join('/'),
    canonicalQuery(query),
    ...names.map((name) => `${name}:${one(request.headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n')
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name, value.join('=')].map((part) => escaped(decodeURIComponent(part))).join('=')
    })
    .sort()
    .join('&')
}

/** Every byte but the unreserved ones of RFC 3986. What is escaped already is escaped once more, as AWS wants outside S3. */
function escaped(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9._~-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}

function timeOf(stamp: string): number {
  return Date.parse(
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z') || 'none',
  )
}

function one(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(',') : (value ?? '')
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
