import { InstanceAddresses } from '@/lib/gateway/direct/instance-addresses.ts'
import { buildRuntime } from '@/lib/gateway/runtime/build-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { runAtOnce, runInSlices } from '@/lib/platform/slices.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { encodeSnapshot, type SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

/**
 * What a build makes, it keeps, and the collector's pauses grow with what is kept: little and often keeps them short.
 * Only where the program was started with `--expose-gc`.
 */
function collectYoung(): void {
  globalThis.gc?.({ type: 'minor', execution: 'sync' })
}

/** The one place that knows which configuration runs. */
export class RuntimeHolder {
  /** Of instances known by name, for ways to call that tell addresses. */
  readonly addresses = new InstanceAddresses()
  readonly #shared: SharedState
  readonly #draining = new Set<Promise<void>>()
  #current: Runtime | null = null
  #isClosed = false

  constructor(shared: SharedState) {
    this.#shared = shared
  }

  /** Null until the first snapshot. Read once per request and pass it down, so one request never sees two configurations. */
  get current(): Runtime | null {
    return this.#current
  }

  /**
   * Builds first, swaps last: throws, and leaves traffic on the old runtime, when the snapshot does not build. All in
   * this turn of the event loop, which is right for few services; see `replaceInSlices`.
   */
  replace(snapshot: GatewaySnapshot): void {
    this.#swap(runAtOnce(buildRuntime(encodeSnapshot(snapshot), this.#shared, this.#current)))
  }

  /** Like `replace`, with traffic flowing while it builds. One at a time: the caller sees to the order. */
  async replaceInSlices(lines: SnapshotLines): Promise<void> {
    const next = await runInSlices(buildRuntime(lines, this.#shared, this.#current), {
      afterSlice: collectYoung,
    })
    if (this.#isClosed) await next.close()
    else this.#swap(next)
  }

  /** Resolves when every runtime has drained. */
  async close(): Promise<void> {
    this.#isClosed = true
    const last = this.#current
    this.#current = null
    if (last !== null) this.#drain(last)
    await Promise.all(this.#draining)
  }

  #swap(next: Runtime): void {
    const previous = this.#current
    this.#current = next
    // A request of a service that has not had its turn here sees to it itself.
    void runInSlices(next.adoptInstances())
    if (previous !== null) this.#drain(previous)
  }

  #drain(runtime: Runtime): void {
    const closed = runtime.close()
    this.#draining.add(closed)
    void closed.finally(() => this.#draining.delete(closed))
  }
}
