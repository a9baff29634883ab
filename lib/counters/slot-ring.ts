/** A window is counted in this many slots: the granularity of every limit. */
export const slotsPerWindow = 20

/**
 * Counts by slot of time, and their sum over one window up to now. Slots up to `ahead` in the future can be counted
 * too; they belong to the sum. No call allocates.
 */
export class SlotRing {
  readonly slotMs: number
  readonly #ahead: number
  readonly #counts: Int32Array
  /** Where the count of slot `#slot` lies. */
  #head = 0
  #slot = 0
  #sum = 0

  constructor(windowMs: number, ahead = 0) {
    this.slotMs = windowMs / slotsPerWindow
    this.#ahead = ahead
    this.#counts = new Int32Array(slotsPerWindow + ahead)
  }

  /** The number of the current slot, as of the last `advance`. */
  get slot(): number {
    return this.#slot
  }

  get sum(): number {
    return this.#sum
  }

  /** Forgets what has left the window, and returns the number of the current slot. */
  advance(now: number): number {
    const slot = Math.floor(now / this.slotMs)
    if (slot !== this.#slot) this.#move(slot)
    return this.#slot
  }

  /** One more in the current slot, as of the last `advance`. */
  countOne(): void {
    this.#counts[this.#head] = (this.#counts[this.#head] as number) + 1
    this.#sum += 1
  }

  /** Adds `count`, which may be negative, to a slot. One that has left the window is no concern any more. */
  add(slot: number, count: number): void {
    const distance = slot - this.#slot
    if (distance <= -slotsPerWindow || distance > this.#ahead) return
    const { length } = this.#counts
    const index = (this.#head + distance + length) % length
    this.#counts[index] = (this.#counts[index] as number) + count
    this.#sum += count
  }

  /** The count of a slot within the window; 0 outside of it. */
  countOf(slot: number): number {
    const distance = slot - this.#slot
    if (distance <= -slotsPerWindow || distance > this.#ahead) return 0
    const { length } = this.#counts
    return this.#counts[(this.#head + distance + length) % length] as number
  }

  /** The oldest slot that counts anything; null when none does. */
  oldest(): number | null {
    for (let slot = this.#slot - slotsPerWindow + 1; slot <= this.#slot + this.#ahead; slot++) {
      if (this.countOf(slot) > 0) return slot
    }
    return null
  }

  #move(slot: number): void {
    const steps = slot - this.#slot
    // A clock that was set back a little stands still for as long; set back further, it starts anew.
    if (steps < 0 && steps > -slotsPerWindow) return
    const { length } = this.#counts
    if (steps < 0 || steps >= length) {
      this.#counts.fill(0)
      this.#sum = 0
    } else {
      for (let step = 1; step <= steps; step++) {
        const leaving = (this.#head + step + this.#ahead) % length
        this.#sum -= this.#counts[leaving] as number
        this.#counts[leaving] = 0
      }
      this.#head = (this.#head + steps) % length
    }
    this.#slot = slot
  }
}
