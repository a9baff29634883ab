import { createHash, createHmac } from 'node:crypto'
import type { Authorization, Credential, UnsignedRequest } from '@/lib/providers/provider.ts'

export interface TencentKey {
  readonly secretId: string
  readonly secretKey: string
}

const terminator = 'tc3_request'

/**
 * TC3-HMAC-SHA256, "Signature v3" of Tencent Cloud's API 3.0 (cloud.tencent.com/document/api/1729/101843): a POST of
 * JSON to `/`, with content type, host and action signed, and the time within `X-TC-Timestamp`.
 */
export class Tc3Credential implements Credential {
  readonly #key: TencentKey
  readonly #service: string
  readonly #now: () => number
  #signing: { readonly date: string; readonly key: Buffer } | null = null

  constructor(key: TencentKey, service: string, now: () => number) {
    this.#key = key
    this.#service = service
    this.#now = now
  }

  authorize(request: UnsignedRequest): Authorization {
    const seconds = Math.floor(this.#now() / 1000)
    const date = new Date(seconds * 1000).toISOString().slice(0, 10)
    const scope = `${date}/${this.#service}/${terminator}`
    const headers = canonicalHeaders(request)
    const names = headers.map(([name]) => name).join(';')
    const canonical = [
      request.method,
      '/',
      '',
      ...headers.map(([name, value]) => `${name}:${value}`),
      '',
      names,
      sha256(request.body ?? ''),
    ].join('\n')
    const text = `TC3-HMAC-SHA256\n${seconds}\n${scope}\n${sha256(canonical)}`
    const signature = createHmac('sha256', this.#signingKey(date)).update(text).digest('hex')
    return {
      headers: [
        'authorization',
        `TC3-HMAC-SHA256 Credential=${this.#key.secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
        'x-tc-timestamp',
        String(seconds),
      ],
      query: '',
    }
  }

  /** The same for all requests of a day. */
  #signingKey(date: string): Buffer {
    if (this.#signing?.date === date) return this.#signing.key
    const key = [date, this.#service, terminator].reduce(
      (secret: Buffer, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`TC3${this.#key.secretKey}`),
    )
    this.#signing = { date, key }
    return key
  }
}

/** Names and values in lower case, in the order of the names. */
function canonicalHeaders({ host, headers }: UnsignedRequest): ReadonlyArray<readonly [string, string]> {
  const action = headerOf(headers, 'x-tc-action')
  return [
    ['content-type', headerOf(headers, 'content-type')],
    ['host', host.toLowerCase()],
    ...(action === '' ? [] : [['x-tc-action', action] as const]),
  ]
}

function headerOf(headers: readonly string[], name: string): string {
  const at = headers.findIndex((entry, index) => index % 2 === 0 && entry === name)
  return at === -1 ? '' : (headers[at + 1] ?? '').trim().toLowerCase()
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
