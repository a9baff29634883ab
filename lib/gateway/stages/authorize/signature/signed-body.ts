import { hash, timingSafeEqual } from 'node:crypto'
import { refusal } from '@/lib/gateway/error.ts'
import { bytesOf, parseDictionary } from './structured-fields.ts'

interface Digest {
  readonly algorithm: 'sha256' | 'sha512'
  readonly value: Buffer
}

const algorithms = new Map<string, Digest['algorithm']>([
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
])

/** What a signature says of the body of its request. */
export class SignedBody {
  /** Null: the signature does not cover a digest. */
  readonly #digests: readonly Digest[] | null

  constructor(digests: readonly Digest[] | null) {
    this.#digests = digests
  }

  /** The same body. Throws `digest_mismatch` where it is another, and `credential_rejected` where nothing is said of one. */
  checked(body: Buffer): Buffer {
    if (this.#digests === null) {
      if (body.length === 0) return body
      const message = 'The signature does not cover content-digest, which a request with a body needs.'
      throw refusal('credential_rejected', message)
    }
    for (const { algorithm, value } of this.#digests) {
      const actual = hash(algorithm, body, 'buffer')
      if (actual.length === value.length && timingSafeEqual(actual, value)) continue
      throw refusal('digest_mismatch', 'The body is not the one that Content-Digest was made of.')
    }
    return body
  }
}

/** Of `Content-Digest` (RFC 9530 §2). Throws `credential_rejected` where it has no digest that is strong enough. */
export function readContentDigest(field: string): SignedBody {
  const digests: Digest[] = []
  for (const [name, member] of parseDictionary(field) ?? []) {
    const algorithm = algorithms.get(name)
    const value = bytesOf(member)
    if (algorithm !== undefined && value !== null) digests.push({ algorithm, value })
  }
  if (digests.length > 0) return new SignedBody(digests)
  throw refusal('credential_rejected', 'Content-Digest has no digest by sha-256 or sha-512.')
}
