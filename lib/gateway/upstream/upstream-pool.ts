import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { createGuardedConnector, type DialOffers, type EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { Http1Upstream } from '@/lib/gateway/upstream/http1/http1-upstream.ts'
import { Http2Upstream } from '@/lib/gateway/upstream/http2/http2-upstream.ts'

export interface InstanceAddress {
  /** An address without brackets, or a name. */
  readonly host: string
  readonly port: number
}

/** How the connections of one pool differ from those of others to the same origin. */
export type PoolDial = Pick<DialOffers, 'address' | 'secureContext' | 'servername'>

/** The connections to one origin. Nothing is opened, and next to nothing held, before the first use. */
export class UpstreamPool {
  readonly origin: string
  readonly #guard: EgressGuard
  readonly #connectTimeoutMs: number
  readonly #dial: PoolDial
  #authority: string | null = null
  #address: InstanceAddress | null = null
  #connect: buildConnector.connector | null = null
  #http1: Http1Upstream | null = null
  #http2: Http2Upstream | null = null

  constructor(origin: string, guard: EgressGuard, connectTimeoutMs: number, dial: PoolDial = {}) {
    this.origin = origin
    this.#dial = dial
    this.#guard = guard
    this.#connectTimeoutMs = connectTimeoutMs
  }

  get http1(): Http1Upstream {
    this.#http1 ??= new Http1Upstream(
      this.origin,
      createGuardedConnector(this.#guard, this.#connectTimeoutMs, { ...this.#dial, allowH2: false }),
    )
    return this.#http1
  }

  get http2(): Http2Upstream {
    this.#http2 ??= new Http2Upstream(this.origin, {
      connect: createGuardedConnector(this.#guard, this.#connectTimeoutMs, { ...this.#dial, allowH2: true }),
      connectTimeoutMs: this.#connectTimeoutMs,
    })
    return this.#http2
  }

  /** Host and port as in the `Host` header. */
  get authority(): string {
    this.#authority ??= new URL(this.origin).host
    return this.#authority
  }

  get address(): InstanceAddress {
    this.#address ??= addressOf(this.origin)
    return this.#address
  }

  /**
   * A connection for whoever asks, who keeps it; nothing is spoken on it, and either side may end its half alone. The
   * egress policy and the time limit are those of requests.
   */
  connect(callback: (error: Error | null, socket: Socket | null) => void): void {
    this.#connect ??= createGuardedConnector(this.#guard, this.#connectTimeoutMs, {
      ...this.#dial,
      allowH2: false,
      allowHalfOpen: true,
    })
    const { host, port } = this.address
    this.#connect({ hostname: host, protocol: 'http:', port: String(port) }, (error, socket) => {
      callback(error, error === null ? (socket as Socket) : null)
    })
  }

  /** After the last request. */
  async close(): Promise<void> {
    await Promise.all([this.#http1?.close(), this.#http2?.close()])
  }

  /** Breaks what is still open. */
  async destroy(): Promise<void> {
    await Promise.all([this.#http1?.destroy(), this.#http2?.destroy()])
  }
}

function addressOf(origin: string): InstanceAddress {
  const { hostname, port, protocol } = new URL(origin)
  const portDefault = protocol === 'https:' ? 443 : 80
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? portDefault : Number(port) }
}
