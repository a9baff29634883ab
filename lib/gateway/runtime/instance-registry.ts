import { startHealthCheck } from '@/lib/gateway/runtime/health-check.ts'
import { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { HealthCheck, InstanceSnapshot } from '@/lib/snapshot/snapshot.ts'

interface Held {
  readonly state: InstanceState
  holders: number
  checked: { readonly key: string; readonly pool: UpstreamPool; readonly stop: () => void } | null
}

export interface Checked {
  readonly check: HealthCheck | null
  readonly pool: UpstreamPool
  readonly basePath: string
}

/**
 * The states of all instances by id and address. An instance that is the same in the next snapshot keeps its
 * health, its requests in flight and its running check.
 */
export class InstanceRegistry {
  readonly #held = new Map<string, Held>()
  readonly #clock: Clock
  /** Called on every change of a state or its reason. */
  onHealthChange: () => void = () => {}

  constructor(clock: Clock) {
    this.#clock = clock
  }

  acquire(instance: InstanceSnapshot, checked: Checked): { state: InstanceState; release: () => void } {
    const key = `${instance.id} ${instance.url}`
    const held = this.#held.get(key) ?? this.#add(key, instance)
    held.holders += 1
    this.#check(held, checked)
    return { state: held.state, release: () => this.#release(key, held) }
  }

  #add(key: string, instance: InstanceSnapshot): Held {
    const state = new InstanceState(instance.id, instance.url, this.#clock.now())
    const held: Held = { state, holders: 0, checked: null }
    this.#held.set(key, held)
    return held
  }

  #check(held: Held, { check, pool, basePath }: Checked): void {
    const key = JSON.stringify(check)
    if (held.checked?.key === key && held.checked.pool === pool) return
    held.checked?.stop()
    held.checked = null
    if (check === null) {
      // Nobody would ever correct an old verdict.
      held.state.health = { state: 'unknown', reason: null, since: this.#clock.now(), checkedAt: null }
      return
    }
    const stop = startHealthCheck({ state: held.state, pool, basePath, check }, this.#clock, () =>
      this.onHealthChange(),
    )
    held.checked = { key, pool, stop }
  }

  #release(key: string, held: Held): void {
    held.holders -= 1
    if (held.holders > 0) return
    held.checked?.stop()
    this.#held.delete(key)
  }
}
