import { Pool } from 'undici'
import { createGuardedConnector, type EgressGuard } from '@/lib/gateway/upstream/egress-guard.ts'

/** The connections to one origin. Nothing is opened, and next to nothing held, before the first use. */
export class UpstreamPool {
  readonly origin: string
  readonly #guard: EgressGuard
  readonly #connectTimeoutMs: number
  #http1: Pool | null = null

  constructor(origin: string, guard: EgressGuard, connectTimeoutMs: number) {
    this.origin = origin
    this.#guard = guard
    this.#connectTimeoutMs = connectTimeoutMs
  }

  get http1(): Pool {
    this.#http1 ??= new Pool(this.origin, {
      connect: createGuardedConnector(this.#guard, this.#connectTimeoutMs),
      // The request's own deadline rules until the answer begins, so the pool's timer is off.
      headersTimeout: 0,
      // Below the 5 s after which common model servers close idle connections.
      keepAliveTimeout: 4_000,
      maxHeaderSize: 65_536,
      pipelining: 1,
    })
    return this.#http1
  }

  /** After the last request. */
  async close(): Promise<void> {
    await this.#http1?.close()
  }

  /** Breaks what is still open. */
  async destroy(): Promise<void> {
    await this.#http1?.destroy()
  }
}
