import type { InstanceState } from '@/lib/gateway/runtime/instance.ts'

interface Retired {
  readonly state: InstanceState
  readonly release: () => void
  /** Seen without a request once before. */
  wasIdle: boolean
}

const lookEveryMs = 1_000

/**
 * Connections to instances that discovery has taken away. They are given up when no request uses them, at the second
 * look, because a request may have chosen its instance and not begun yet.
 */
export class RetiredPools {
  readonly #retired = new Set<Retired>()
  #timer: NodeJS.Timeout | null = null

  get size(): number {
    return this.#retired.size
  }

  add(state: InstanceState, release: () => void): void {
    this.#retired.add({ state, release, wasIdle: false })
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs).unref()
  }

  #look(): void {
    for (const retired of this.#retired) {
      const { requestsInFlight, connections } = retired.state
      const isIdle = requestsInFlight === 0 && connections === 0
      if (isIdle && retired.wasIdle) {
        this.#retired.delete(retired)
        retired.release()
      }
      retired.wasIdle = isIdle
    }
    if (this.#retired.size > 0 || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }
}
