import type { CryptoKey, KeyObject } from 'jose'

/** What the header of a token asks for a key by. */
export interface TokenHeader {
  readonly alg: string
  readonly kid: string | undefined
}

export type VerificationKey = CryptoKey | KeyObject

/** Keys that tokens of one issuer are proved by. */
export interface VerificationKeys {
  /**
   * Grows when other keys count, so that what was proved by the old ones is proved again. Null: nothing that was proved
   * before counts. Asks for what has become old, without waiting.
   */
  versionAt(now: number): number | null
  /** Those that the token may be signed with. Throws `issuer_keys_unavailable` while none have been had. */
  find(header: TokenHeader, now: number): Promise<readonly VerificationKey[]>
}
