import { type LimitSpan, type Period, periodAt, slidingMsOf } from './limit-span.ts'

/** How much one value has used of one rule. Times are milliseconds since the epoch. */
export interface LimitCount {
  /** Up to now. */
  sum(now: number): number
  add(amount: number, now: number): void
  /** Until the sum is below `bound` if nothing is added; null: never. */
  msUntilBelow(bound: number, now: number): number | null
  /** What `restoreCount` takes. */
  stored(): number[]
}

/** A sliding window is counted in this many slots, which is how exact it is. */
const slots = 20

/** What was counted leaves when its slot is a window old. */
class SlidingCount implements LimitCount {
  readonly #slotMs: number
  readonly #counts: number[]
  #slot: number
  #sum: number

  constructor(windowMs: number, slot = 0, counts: readonly number[] = []) {
    this.#slotMs = windowMs / slots
    this.#slot = slot
    this.#counts = Array.from({ length: slots }, (_, index) => counts[index] ?? 0)
    this.#sum = this.#counts.reduce((sum, count) => sum + count, 0)
  }

  sum(now: number): number {
    this.#advance(now)
    return this.#sum
  }

  add(amount: number, now: number): void {
    this.#advance(now)
    this.#counts[this.#slot % slots] = (this.#counts[this.#slot % slots] as number) + amount
    this.#sum += amount
  }

  msUntilBelow(bound: number, now: number): number {
    this.#advance(now)
    let left = this.#sum
    for (let slot = this.#slot - slots + 1; slot <= this.#slot; slot++) {
      if (left < bound) break
      left -= this.#counts[(slot + slots) % slots] as number
      if (left < bound) return Math.max(1, (slot + slots) * this.#slotMs - now)
    }
    return 0
  }

  stored(): number[] {
    return [this.#slot, ...this.#counts]
  }

  #advance(now: number): void {
    const slot = Math.floor(now / this.#slotMs)
    const steps = slot - this.#slot
    // A clock that was set back a little stands still for as long; set back further, it starts anew.
    if (steps === 0 || (steps < 0 && steps > -slots)) return
    if (steps < 0 || steps >= slots) {
      this.#counts.fill(0)
      this.#sum = 0
    } else {
      for (let step = this.#slot + 1; step <= slot; step++) {
        this.#sum -= this.#counts[step % slots] as number
        this.#counts[step % slots] = 0
      }
    }
    this.#slot = slot
  }
}

/** Starts anew with each period. */
class PeriodCount implements LimitCount {
  readonly #span: LimitSpan
  #period: Period
  #sum: number

  constructor(span: LimitSpan, from = 0, sum = 0) {
    this.#span = span
    this.#period = periodAt(span, from)
    this.#sum = sum
  }

  sum(now: number): number {
    this.#advance(now)
    return this.#sum
  }

  add(amount: number, now: number): void {
    this.#advance(now)
    this.#sum += amount
  }

  msUntilBelow(bound: number, now: number): number | null {
    if (this.sum(now) < bound) return 0
    const { until } = this.#period
    return until === null ? null : until - now
  }

  stored(): number[] {
    return [this.#period.from, this.#sum]
  }

  #advance(now: number): void {
    const { from, until } = this.#period
    if (now >= from && (until === null || now < until)) return
    this.#period = periodAt(this.#span, now)
    this.#sum = 0
  }
}

export function createCount(span: LimitSpan): LimitCount {
  return restoreCount(span, [])
}

/** As `stored` gave it; an empty list counts nothing yet. */
export function restoreCount(span: LimitSpan, [at, ...counts]: readonly number[]): LimitCount {
  const windowMs = slidingMsOf(span)
  return windowMs === null ? new PeriodCount(span, at, counts[0]) : new SlidingCount(windowMs, at, counts)
}
