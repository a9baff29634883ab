/** Delays that grow and spread: 0 to `firstMs`, 0 to twice that, … up to `lastMs`, so that nodes do not return in step. */
export class FullJitter {
  readonly #firstMs: number
  readonly #lastMs: number
  readonly #random: () => number
  #failures = 0

  constructor(firstMs = 250, lastMs = 15_000, random: () => number = Math.random) {
    this.#firstMs = firstMs
    this.#lastMs = lastMs
    this.#random = random
  }

  next(): number {
    const ceiling = Math.min(this.#lastMs, this.#firstMs * 2 ** Math.min(this.#failures, 20))
    this.#failures += 1
    return Math.round(this.#random() * ceiling)
  }

  reset(): void {
    this.#failures = 0
  }
}
