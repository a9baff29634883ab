/** The last times of a target, in ms, and their mean, without adding them up for each question. */
export class RecentTimes {
  readonly #times: Float64Array
  /** When each was taken, in ms. */
  readonly #takenAt: Float64Array
  readonly #lifeMs: number
  #first = 0
  #count = 0
  #sum = 0

  /** Keeps `size` times, each for `lifeMs` at most: what was slow long ago gets another chance. */
  constructor(size: number, lifeMs: number) {
    this.#times = new Float64Array(size)
    this.#takenAt = new Float64Array(size)
    this.#lifeMs = lifeMs
  }

  add(ms: number, now: number): void {
    const size = this.#times.length
    if (this.#count === size) this.#forgetFirst()
    const at = (this.#first + this.#count) % size
    this.#times[at] = ms
    this.#takenAt[at] = now
    this.#count += 1
    this.#sum += ms
  }

  /** 0 where there are none, so that a target that was not tried is. */
  mean(now: number): number {
    while (this.#count > 0 && now - (this.#takenAt[this.#first] ?? 0) > this.#lifeMs) this.#forgetFirst()
    return this.#count === 0 ? 0 : this.#sum / this.#count
  }

  #forgetFirst(): void {
    this.#sum -= this.#times[this.#first] ?? 0
    this.#first = (this.#first + 1) % this.#times.length
    this.#count -= 1
    // What rounding has left of sums does not outlive its times.
    if (this.#count === 0) this.#sum = 0
  }
}
