const burst = 200
const perSecond = 50

/**
 * How often a caller may take requests back before anything was answered. Asking and resetting costs a caller
 * nothing and us a request each time, past every limit on concurrent streams (CVE-2023-44487).
 */
export class ResetAllowance {
  #left = burst
  #refilledAt: number

  /** `now` in milliseconds of a clock that never goes back. */
  constructor(now: number) {
    this.#refilledAt = now
  }

  /** False once a reset is one too many. */
  spend(now: number): boolean {
    this.#left = Math.min(burst, this.#left + ((now - this.#refilledAt) / 1_000) * perSecond)
    this.#refilledAt = now
    this.#left -= 1
    return this.#left >= 0
  }
}
