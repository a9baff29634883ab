/** Who is to stop when the time is over. */
export interface DeadlineWaiter {
  deadlinePassed(): void
}

/** The time a request has until its answer begins, over all its attempts; a gRPC call's own covers all of it. */
export class Deadline {
  #timer: NodeJS.Timeout
  /** When the caller itself wants no more, on the clock of `performance.now`. */
  readonly #callerGivesUpAt: number
  hasPassed = false
  /** Whoever waits at the moment. */
  waiter: DeadlineWaiter | null = null

  /** `callerMs`: how long the caller waits for the whole; null when it did not say. */
  constructor(ms: number, callerMs: number | null) {
    this.#callerGivesUpAt = callerMs === null ? Number.POSITIVE_INFINITY : performance.now() + callerMs
    this.#timer = setTimeout(pass, callerMs === null ? ms : Math.min(ms, callerMs), this)
  }

  /** What the caller still grants; null when it has set no limit. */
  get callerMsLeft(): number | null {
    return this.#callerGivesUpAt === Number.POSITIVE_INFINITY
      ? null
      : this.#callerGivesUpAt - performance.now()
  }

  /** True when it was the caller's own limit that passed. */
  get isCallers(): boolean {
    // Timers may fire a hair early.
    return performance.now() + 2 >= this.#callerGivesUpAt
  }

  /** From here on a stream may last as long as it likes, but for what the caller itself has said. */
  answerBegan(): void {
    clearTimeout(this.#timer)
    const left = this.callerMsLeft
    if (left !== null) this.#timer = setTimeout(pass, left, this)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.waiter = null
  }
}

function pass(deadline: Deadline): void {
  deadline.hasPassed = true
  deadline.waiter?.deadlinePassed()
}
