import { hash } from 'node:crypto'
import type { ServiceTokenSnapshot } from '@/lib/snapshot/snapshot.ts'

export interface ServiceToken {
  readonly id: string
  /** Secret: the key of SDK signatures. */
  readonly value: string
  readonly expiresAt: number | null
}

/** A service's tokens by digest, so that the time of a look-up says nothing about how much of a guess was right. */
export class TokenIndex {
  readonly all: readonly ServiceToken[]
  readonly #byDigest: ReadonlyMap<string, ServiceToken>

  constructor(tokens: readonly ServiceTokenSnapshot[]) {
    this.all = tokens
    this.#byDigest = new Map(tokens.map((token) => [digest(token.value), token]))
  }

  find(value: string): ServiceToken | undefined {
    return this.#byDigest.get(digest(value))
  }
}

function digest(value: string): string {
  return hash('sha256', value, 'base64')
}
