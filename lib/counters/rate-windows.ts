import type { Clock } from '@/lib/platform/clock.ts'
import { LeasedWindow } from './leased-window.ts'
import { LocalWindow } from './local-window.ts'
import type { PermitSource } from './permit-source.ts'
import type { RateWindow } from './rate-window.ts'

interface Held {
  readonly window: RateWindow
  holders: number
}

/** The windows of a process by key. One lives as long as anything limits by it, so new limits meet old counts. */
export class RateWindows {
  readonly #held = new Map<string, Held>()
  readonly #create: (key: string) => RateWindow

  /** Without a source every window is this process's own. */
  constructor(clock: Clock, source: PermitSource | null = null) {
    this.#create = source === null ? () => new LocalWindow() : (key) => new LeasedWindow(key, source, clock)
    if (source !== null) source.onShared = (since) => this.#spendingSince(since, clock.now())
  }

  get size(): number {
    return this.#held.size
  }

  /** Balanced by one `release` of the same key. */
  acquire(key: string): RateWindow {
    const held = this.#held.get(key)
    if (held !== undefined) {
      held.holders += 1
      return held.window
    }
    const window = this.#create(key)
    this.#held.set(key, { window, holders: 1 })
    return window
  }

  release(key: string): void {
    const held = this.#held.get(key)
    if (held === undefined) return
    held.holders -= 1
    if (held.holders === 0) this.#held.delete(key)
  }

  #spendingSince(since: number, now: number) {
    return [...this.#held.values()].flatMap(({ window }) =>
      window instanceof LeasedWindow ? (window.spendingSince(since, now) ?? []) : [],
    )
  }
}
