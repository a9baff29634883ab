import { hkdfSync } from 'node:crypto'

const dayMs = 86_400_000
/** What OpenSSL wants: a name, an HMAC key and an AES key of 16 bytes each. */
const keyBytes = 48

/**
 * The keys of session tickets. All nodes of a gateway derive the same ones, so that a session begun at one is resumed
 * at another, and other ones each day (UTC).
 */
export class TicketKeys {
  readonly #secret: string
  readonly #gatewayId: string

  constructor(nodeToken: string, gatewayId: string) {
    this.#secret = nodeToken
    this.#gatewayId = gatewayId
  }

  dayOf(now: number): number {
    return Math.floor(now / dayMs)
  }

  ofDay(day: number): Buffer {
    return Buffer.from(
      hkdfSync('sha256', this.#secret, this.#gatewayId, `tls session tickets ${day}`, keyBytes),
    )
  }
}
