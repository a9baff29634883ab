import { type RateWindow, type Verdict, windowMsDefault } from './rate-window.ts'
import { SlotRing, slotsPerWindow } from './slot-ring.ts'

/** All admissions happen in this process: exact, and never waits. */
export class LocalWindow implements RateWindow {
  readonly #ring: SlotRing

  constructor(windowMs: number = windowMsDefault) {
    this.#ring = new SlotRing(windowMs)
  }

  check(limit: number, now: number): Verdict {
    this.#ring.advance(now)
    return this.#ring.sum < limit ? 'ready' : 'exhausted'
  }

  take(): void {
    this.#ring.countOne()
  }

  refill(): Promise<void> {
    return Promise.resolve()
  }

  retryAfterMs(now: number): number {
    return msUntilSpace(this.#ring, now)
  }
}

/** Until the oldest admissions leave the window. */
export function msUntilSpace(ring: SlotRing, now: number): number {
  const slot = ring.advance(now)
  const freeAt = ((ring.oldest() ?? slot) + slotsPerWindow) * ring.slotMs
  return Math.max(1, freeAt - now)
}
