import { createLocalJWKSet, errors } from 'jose'
import type { PublicJwkSnapshot } from '@/lib/snapshot/consumer-snapshot.ts'
import type { TokenHeader, VerificationKey } from './verification-keys.ts'

/** Public keys (RFC 7517), found by what the headers of tokens say. */
export class JwkSet {
  readonly #find: ReturnType<typeof createLocalJWKSet>
  /** Where no key has an id, one in a token tells nothing. */
  readonly #hasIds: boolean

  constructor(keys: readonly PublicJwkSnapshot[]) {
    this.#find = createLocalJWKSet({ keys: keys.map((key) => ({ ...key })) as Array<{ kty: string }> })
    this.#hasIds = keys.some((key) => key['kid'] !== undefined)
  }

  /** None where no key goes with the token, or the one that does is broken. */
  async find({ alg, kid }: TokenHeader): Promise<readonly VerificationKey[]> {
    try {
      return [await this.#find(this.#hasIds && kid !== undefined ? { alg, kid } : { alg })]
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return []
      const keys: VerificationKey[] = []
      for await (const key of error) keys.push(key)
      return keys
    }
  }
}
