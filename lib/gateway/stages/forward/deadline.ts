/** The time a request has until its answer begins, over all its attempts. */
export class Deadline {
  readonly #timer: NodeJS.Timeout
  hasPassed = false
  /** Whoever waits at the moment. */
  onPass: (() => void) | null = null

  constructor(ms: number) {
    this.#timer = setTimeout(() => {
      this.hasPassed = true
      this.onPass?.()
    }, ms)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.onPass = null
  }
}
