import { EgressGuard } from '@/lib/addresses/egress-guard.ts'
import { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { EgressPolicy } from '@/lib/snapshot/snapshot.ts'

export interface DialOptions {
  readonly egress: EgressPolicy
  readonly connectTimeoutMs: number
}

interface Held {
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
 * One pool per origin and dialling rules, shared by snapshots, so a swap costs no connection. A pool that no
 * runtime holds any more closes after its last request.
 */
export class UpstreamPools {
  readonly #dialling = new Map<string, Dialling>()
  #latest: Dialling | null = null

  acquire(origin: string, dial: DialOptions): { pool: UpstreamPool; release: () => void } {
    const dialling = this.#diallingBy(dial)
    let held = dialling.held.get(origin)
    if (held === undefined) {
      held = { pool: new UpstreamPool(origin, dialling.guard, dial.connectTimeoutMs), holders: 0 }
      dialling.held.set(origin, held)
    }
    held.holders += 1
    const { pool } = held
    return { pool, release: () => this.#release(dialling, pool) }
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

  #release(dialling: Dialling, pool: UpstreamPool): void {
    const held = dialling.held.get(pool.origin)
    if (held?.pool !== pool) return
    held.holders -= 1
    if (held.holders > 0) return
    dialling.held.delete(pool.origin)
    if (dialling.held.size === 0 && this.#dialling.get(dialling.key)?.held === dialling.held) {
      this.#dialling.delete(dialling.key)
      if (this.#latest?.key === dialling.key) this.#latest = null
    }
    void pool.close()
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
