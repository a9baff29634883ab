import { createGuardedConnector, type EgressGuard } from '@/lib/gateway/upstream/egress-guard.ts'
import { Http1Upstream } from '@/lib/gateway/upstream/http1/http1-upstream.ts'
import { Http2Upstream } from '@/lib/gateway/upstream/http2/http2-upstream.ts'

/** The connections to one origin. Nothing is opened, and next to nothing held, before the first use. */
export class UpstreamPool {
  readonly origin: string
  readonly #guard: EgressGuard
  readonly #connectTimeoutMs: number
  #http1: Http1Upstream | null = null
  #http2: Http2Upstream | null = null

  constructor(origin: string, guard: EgressGuard, connectTimeoutMs: number) {
    this.origin = origin
    this.#guard = guard
    this.#connectTimeoutMs = connectTimeoutMs
  }

  get http1(): Http1Upstream {
    this.#http1 ??= new Http1Upstream(
      this.origin,
      createGuardedConnector(this.#guard, this.#connectTimeoutMs),
    )
    return this.#http1
  }

  get http2(): Http2Upstream {
    this.#http2 ??= new Http2Upstream(this.origin, {
      connect: createGuardedConnector(this.#guard, this.#connectTimeoutMs, { allowH2: true }),
      connectTimeoutMs: this.#connectTimeoutMs,
    })
    return this.#http2
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
