const sharePerRequest = 0.2
const savedMax = 3

/** Lets retries add at most a fifth to the traffic, so that a failing service is not hammered by its own gateway. */
export class RetryBudget {
  #saved = savedMax

  /** Once per request. */
  deposit(): void {
    if (this.#saved < savedMax) this.#saved = Math.min(savedMax, this.#saved + sharePerRequest)
  }

  /** False when the budget is used up. */
  withdraw(): boolean {
    // Five deposits of a fifth may sum to a hair under one.
    if (this.#saved < 1 - 1e-9) return false
    this.#saved -= 1
    return true
  }
}
