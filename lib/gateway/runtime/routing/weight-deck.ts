/**
 * Deals targets in the proportion of their weights: exactly so over as many calls as the weights sum to (100), in an order
 * that is new each time, so that no rhythm of callers falls together with it.
 */
export class WeightDeck {
  /** Indexes of targets, each as often as its weight says. */
  readonly #cards: Uint16Array
  #dealt: number

  /** `weights`: whole, not negative, at least one above 0. */
  constructor(weights: readonly number[]) {
    this.#cards = Uint16Array.from(weights.flatMap((weight, index) => new Array<number>(weight).fill(index)))
    this.#dealt = this.#cards.length
  }

  /** The index of the next target. */
  deal(): number {
    if (this.#dealt === this.#cards.length) this.#shuffle()
    const card = this.#cards[this.#dealt] ?? 0
    this.#dealt += 1
    return card
  }

  #shuffle(): void {
    const cards = this.#cards
    for (let at = cards.length - 1; at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1))
      const card = cards[at] ?? 0
      cards[at] = cards[other] ?? 0
      cards[other] = card
    }
    this.#dealt = 0
  }
}
