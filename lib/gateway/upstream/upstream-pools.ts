import { EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { type PoolDial, UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import { secureContextOf } from '@/lib/gateway/upstream/upstream-tls.ts'
import type { EgressPolicy } from '@/lib/snapshot/snapshot.ts'
import type { UpstreamTls } from '@/lib/snapshot/upstream-service-snapshot.ts'

export interface DialOptions {
  readonly egress: EgressPolicy
  readonly connectTimeoutMs: number
  /** Of `https:` origins; without: the system's authorities and the origin's own name. */
  readonly tls?: UpstreamTls | null
  /** An IP address that is dialled, while `Host` and SNI are the origin's. */
  readonly address?: string | null
}

interface Held {
  readonly key: string
  readonly pool: UpstreamPool
  holders: number
}

/** The pools that dial by the same rules. */
interface Dialling {
  readonly key: string
  readonly egress: EgressPolicy
  readonly connectTimeoutMs: number
  readonly guard: EgressGuard
  readonly held: Map<string, Held>
}

/**
 * One pool per origin, address, TLS settings and dialling rules, shared by snapshots, so a swap costs no connection. A pool that no
 * runtime holds any more closes after its last request.
 */
export class UpstreamPools {
  readonly #dialling = new Map<string, Dialling>()
  #latest: Dialling | null = null

  /** Throws `SnapshotRefused` on TLS settings that cannot be read. */
  acquire(origin: string, dial: DialOptions): { pool: UpstreamPool; release: () => void } {
    const dialling = this.#diallingBy(dial)
    const key = heldKey(origin, dial)
    let held = dialling.held.get(key)
    if (held === undefined) {
      const pool = new UpstreamPool(origin, dialling.guard, dial.connectTimeoutMs, poolDial(dial))
      held = { key, pool, holders: 0 }
      dialling.held.set(key, held)
    }
    held.holders += 1
    const taken = held
    return { pool: taken.pool, release: () => this.#release(dialling, taken) }
  }

  /** All instances of a snapshot share one policy object, whose text need not be compared for each of them. */
  #diallingBy({ egress, connectTimeoutMs }: DialOptions): Dialling {
    const latest = this.#latest
    if (latest?.egress === egress && latest.connectTimeoutMs === connectTimeoutMs) return latest
    const key = JSON.stringify([connectTimeoutMs, egress])
    const known = this.#dialling.get(key)
    const dialling = {
      key,
      egress,
      connectTimeoutMs,
      guard: known?.guard ?? new EgressGuard(egress),
      held: known?.held ?? new Map<string, Held>(),
    }
    this.#dialling.set(key, dialling)
    this.#latest = dialling
    return dialling
  }

  #release(dialling: Dialling, held: Held): void {
    if (dialling.held.get(held.key) !== held) return
    held.holders -= 1
    if (held.holders > 0) return
    dialling.held.delete(held.key)
    if (dialling.held.size === 0 && this.#dialling.get(dialling.key)?.held === dialling.held) {
      this.#dialling.delete(dialling.key)
      if (this.#latest?.key === dialling.key) this.#latest = null
    }
    void held.pool.close()
  }

  get size(): number {
    let size = 0
    for (const { held } of this.#dialling.values()) size += held.size
    return size
  }

  /** At the end of the process: breaks what is still open. */
  async destroy(): Promise<void> {
    const pools = [...this.#dialling.values()].flatMap(({ held }) => [...held.values()])
    this.#dialling.clear()
    this.#latest = null
    await Promise.all(pools.map(({ pool }) => pool.destroy()))
  }
}

/** Most pools differ by their origin alone. */
function heldKey(origin: string, { tls = null, address = null }: DialOptions): string {
  return tls === null && address === null ? origin : JSON.stringify([origin, address, tls])
}

function poolDial({ tls = null, address = null }: DialOptions): PoolDial {
  return {
    address,
    ...(tls !== null && { secureContext: secureContextOf(tls) }),
    ...(tls?.serverName && { servername: tls.serverName }),
  }
}
