import type { PassiveHealth } from '@/lib/snapshot/instance-policies.ts'

type Size = Pick<PassiveHealth, 'failures' | 'window' | 'windowMs'>

/**
 * Whether enough of the last answers were failures. Only failures are remembered, each with its time and its place
 * among all answers, so an answer that is none costs one addition.
 */
export class FailureWindow {
  readonly size: Size
  /** Answers so far, failures among them. */
  answers = 0
  /** The newest `failures` failures: times and places in turn. Empty until the first one. */
  #ring = new Float64Array(0)
  #next = 0
  #count = 0

  constructor(size: Size) {
    this.size = size
  }

  /** True: with this one, the limit is reached. `isCounted`: the same answer looked like a success at first. */
  fail(now: number, isCounted: boolean): boolean {
    if (!isCounted) this.answers += 1
    const { failures, window, windowMs } = this.size
    if (this.#ring.length === 0) this.#ring = new Float64Array(failures * 2)
    this.#ring[this.#next * 2] = now
    this.#ring[this.#next * 2 + 1] = this.answers
    this.#next = (this.#next + 1) % failures
    if (this.#count < failures) this.#count += 1
    if (this.#count < failures) return false
    const oldestAt = this.#ring[this.#next * 2] ?? 0
    const oldestPlace = this.#ring[this.#next * 2 + 1] ?? 0
    return now - oldestAt <= windowMs && this.answers - oldestPlace < window
  }

  /** How many of the last answers the limit looked at. */
  get looked(): number {
    return Math.min(this.answers, this.size.window)
  }

  clear(): void {
    this.answers = 0
    this.#count = 0
  }

  isSized({ failures, window, windowMs }: Size): boolean {
    const { size } = this
    return size.failures === failures && size.window === window && size.windowMs === windowMs
  }
}
