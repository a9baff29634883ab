import type { JwtCredential } from './workspace-credentials.ts'

/** 2 MiB or so. */
const tokensMax = 10_000

interface Verified {
  readonly credential: JwtCredential
  /** Of its keys, when it was proved. */
  readonly version: number
  /** Milliseconds since the epoch. */
  readonly until: number
}

/** Tokens that were proved, by their digest, so that a caller pays for its signature once. Bounded: the first goes first. */
export class VerifiedTokens {
  readonly #byDigest = new Map<string, Verified>()

  /** Undefined where it has to be proved again: it ran out, or its keys are not what they were. */
  find(digest: string, now: number): JwtCredential | undefined {
    const verified = this.#byDigest.get(digest)
    if (verified === undefined) return undefined
    const { credential, version, until } = verified
    if (now < until && credential.keys.versionAt(now) === version) return credential
    this.#byDigest.delete(digest)
    return undefined
  }

  add(digest: string, verified: Verified): void {
    if (this.#byDigest.size >= tokensMax) {
      const [first = ''] = this.#byDigest.keys()
      this.#byDigest.delete(first)
    }
    this.#byDigest.set(digest, verified)
  }
}
