import { Pool } from 'undici'
import { createGuardedConnector, EgressGuard } from '@/lib/gateway/runtime/egress-guard.ts'
import type { EgressPolicy } from '@/lib/snapshot/snapshot.ts'

export interface DialOptions {
  readonly egress: EgressPolicy
  readonly connectTimeoutMs: number
}

interface Held {
  readonly pool: Pool
  holders: number
}

/**
 * One connection pool per origin and dialling rules, shared by snapshots, so a swap costs no connection.
 * A pool that no runtime holds any more closes after its last request.
 */
export class UpstreamPools {
  readonly #held = new Map<string, Held>()

  acquire(origin: string, dial: DialOptions): { pool: Pool; release: () => void } {
    const key = JSON.stringify([origin, dial.connectTimeoutMs, dial.egress])
    const held = this.#held.get(key) ?? this.#open(key, origin, dial)
    held.holders += 1
    return { pool: held.pool, release: () => this.#release(key, held) }
  }

  #open(key: string, origin: string, dial: DialOptions): Held {
    const pool = new Pool(origin, {
      connect: createGuardedConnector(new EgressGuard(dial.egress), dial.connectTimeoutMs),
      // The request's own deadline rules until the answer begins, so the pool's timer is off.
      headersTimeout: 0,
      // Below the 5 s after which common model servers close idle connections.
      keepAliveTimeout: 4_000,
      maxHeaderSize: 65_536,
      pipelining: 1,
    })
    const held = { pool, holders: 0 }
    this.#held.set(key, held)
    return held
  }

  #release(key: string, held: Held): void {
    held.holders -= 1
    if (held.holders > 0) return
    this.#held.delete(key)
    void held.pool.close()
  }

  get size(): number {
    return this.#held.size
  }

  /** At the end of the process: breaks what is still open. */
  async destroy(): Promise<void> {
    const all = [...this.#held.values()]
    this.#held.clear()
    await Promise.all(all.map(({ pool }) => pool.destroy()))
  }
}
