/** So many first checks may start at once; after that one a millisecond. */
const burst = 64

/** Spreads the first checks of thousands of instances, which would otherwise all dial in the same moment. */
export class CheckPacer {
  readonly #now: () => number
  #next = Number.NEGATIVE_INFINITY

  /** `now` in milliseconds; it must not go back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** How long the next one has to wait. Milliseconds. */
  delayMs(): number {
    const now = this.#now()
    this.#next = Math.max(this.#next, now - burst) + 1
    return Math.max(0, this.#next - now)
  }
}
