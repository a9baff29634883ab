import type { AddressSet } from '@/lib/addresses/address-set.ts'
import { type ClientAddress, plainAddress } from '@/lib/gateway/stages/admit/client-address.ts'

/** A request under way, as far as it is known here. */
export interface Breakable {
  destroy(): void
}

/** Whoever is at the other end of a connection. What a snapshot says of its address is found out once for both. */
export class Peer {
  /** The socket's own address, or what the PROXY protocol header of a trusted proxy says; never a forwarded one. */
  readonly address: string
  /** For requests that it makes in its own name. */
  readonly client: ClientAddress
  #access: AddressSet | null = null
  #mayCall = true
  #proxies: AddressSet | null = null
  #isProxy = false
  /** Requests under way that it passes on for others, and the address that was judged. */
  #forwarded: Map<Breakable, string> | null = null

  constructor(address: string) {
    this.address = plainAddress(address)
    this.client = { address: this.address, forwardedFor: this.address }
  }

  /** Null lets everybody call. */
  mayCall(access: AddressSet | null): boolean {
    if (access === null) return true
    if (access !== this.#access) {
      this.#access = access
      this.#mayCall = access.has(this.address)
    }
    return this.#mayCall
  }

  isAmong(proxies: AddressSet): boolean {
    if (proxies !== this.#proxies) {
      this.#proxies = proxies
      this.#isProxy = proxies.has(this.address)
    }
    return this.#isProxy
  }

  forwards(exchange: Breakable, clientAddress: string): void {
    this.#forwarded ??= new Map()
    this.#forwarded.set(exchange, clientAddress)
  }

  finished(exchange: Breakable): void {
    this.#forwarded?.delete(exchange)
  }

  /** Breaks off what it passes on for those who may not call any more. */
  breakOffForwarded(access: AddressSet): void {
    for (const [exchange, clientAddress] of this.#forwarded ?? []) {
      if (!access.has(clientAddress)) exchange.destroy()
    }
  }
}
