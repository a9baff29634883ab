import { buildRuntime, type SharedState } from '@/lib/gateway/runtime/build-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

/** The one place that knows which configuration runs. */
export class RuntimeHolder {
  readonly #shared: SharedState
  readonly #draining = new Set<Promise<void>>()
  #current: Runtime | null = null

  constructor(shared: SharedState) {
    this.#shared = shared
  }

  /** Null until the first snapshot. Read once per request and pass it down, so one request never sees two configurations. */
  get current(): Runtime | null {
    return this.#current
  }

  /** Builds first, swaps last: throws, and leaves traffic on the old runtime, when the snapshot does not build. */
  replace(snapshot: GatewaySnapshot): void {
    const next = buildRuntime(snapshot, this.#shared)
    const previous = this.#current
    this.#current = next
    if (previous !== null) this.#drain(previous)
  }

  /** Resolves when every runtime has drained. */
  async close(): Promise<void> {
    const last = this.#current
    this.#current = null
    if (last !== null) this.#drain(last)
    await Promise.all(this.#draining)
  }

  #drain(runtime: Runtime): void {
    const closed = runtime.close()
    this.#draining.add(closed)
    void closed.finally(() => this.#draining.delete(closed))
  }
}
