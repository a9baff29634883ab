import type { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'

/** What one call holds whole of its request and its answer, as the node counts it. */
export class HeldBytes {
  readonly #guard: OverloadGuard
  #bytes = 0

  constructor(guard: OverloadGuard) {
    this.#guard = guard
  }

  /** Counted by the same node, for another call. */
  another(): HeldBytes {
    return new HeldBytes(this.#guard)
  }

  /** Throws `overloaded` where the node holds too much. */
  add(bytes: number): void {
    this.#guard.hold(bytes)
    this.#bytes += bytes
  }

  release(): void {
    this.#guard.release(this.#bytes)
    this.#bytes = 0
  }
}
