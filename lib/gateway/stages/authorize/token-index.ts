import { hash } from 'node:crypto'
import type { Caller } from '@/lib/gateway/stages/authorize/caller.ts'
import type { RateLimit } from '@/lib/gateway/stages/limit/rate-limit.ts'
import { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'
import type { ServiceTokenSnapshot } from '@/lib/snapshot/snapshot.ts'

export interface ServiceToken {
  readonly id: string
  /** Secret: the key of SDK signatures. */
  readonly value: string
  readonly expiresAt: number | null
  readonly caller: Caller
}

/** A service's tokens by digest, so that the time of a look-up says nothing about how much of a guess was right. */
export class TokenIndex {
  readonly all: readonly ServiceToken[]
  readonly #byDigest: ReadonlyMap<string, ServiceToken>

  constructor(
    tokens: readonly ServiceTokenSnapshot[],
    rateLimitOf: (token: ServiceTokenSnapshot) => RateLimit | null = () => null,
  ) {
    this.all = tokens.map((token) => ({
      id: token.id,
      value: token.value,
      expiresAt: token.expiresAt,
      caller: { tokenId: token.id, rateLimit: rateLimitOf(token), rollups: new RollupSlot() },
    }))
    this.#byDigest = new Map(this.all.map((token) => [digest(token.value), token]))
  }

  find(value: string): ServiceToken | undefined {
    return this.#byDigest.get(digest(value))
  }
}

function digest(value: string): string {
  return hash('sha256', value, 'base64')
}
