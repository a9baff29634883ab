import { RecentTimes } from './recent-times.ts'

/** As `lib/snapshot/model-routing.ts` names them. */
export type MetricsObjective = 'least-busy' | 'least-first-token-latency' | 'least-total-latency'

/** How long a time counts, in ms. */
const lifeMs = 300_000

/** What a node knows of the targets of one Model API that routes by metrics. Outlives snapshots. */
export class TargetMetrics {
  readonly #targets: Target[]
  /** Which target each of the last calls went to. */
  readonly #chosen: Uint16Array
  #chosenCount = 0
  #next = 0

  /** `window`: of how many calls each target's times and all targets' shares are told. */
  constructor(targets: number, window: number) {
    this.#targets = Array.from({ length: targets }, () => new Target(window))
    this.#chosen = new Uint16Array(window)
  }

  get size(): number {
    return this.#targets.length
  }

  /** Of the last calls, 0 to 1. */
  shareOf(index: number): number {
    return this.#chosenCount === 0 ? 0 : (this.#targets[index]?.chosen ?? 0) / this.#chosenCount
  }

  /** Less is better: calls in flight, or ms. */
  measure(index: number, objective: MetricsObjective, now: number): number {
    const target = this.#targets[index]
    if (target === undefined) return Number.POSITIVE_INFINITY
    switch (objective) {
      case 'least-busy':
        return target.inFlight
      case 'least-first-token-latency':
        return target.firstTokens.mean(now)
      case 'least-total-latency':
        return target.totals.mean(now)
    }
  }

  began(index: number): void {
    const size = this.#chosen.length
    if (this.#chosenCount === size) this.#count(this.#chosen[this.#next] ?? 0, -1)
    else this.#chosenCount += 1
    this.#chosen[this.#next] = index
    this.#next = (this.#next + 1) % size
    this.#count(index, 1)
    const target = this.#targets[index]
    if (target !== undefined) target.inFlight += 1
  }

  /** `firstTokenMs`: null where the answer came whole. */
  answered(index: number, firstTokenMs: number | null, totalMs: number, now: number): void {
    const target = this.#targets[index]
    target?.firstTokens.add(firstTokenMs ?? totalMs, now)
    target?.totals.add(totalMs, now)
  }

  /** Counts as twice the worst of its own time and every target's mean, so that it is avoided though it failed fast. */
  failed(index: number, totalMs: number, now: number): void {
    const target = this.#targets[index]
    if (target === undefined) return
    let firstToken = totalMs
    let total = totalMs
    for (const other of this.#targets) {
      firstToken = Math.max(firstToken, other.firstTokens.mean(now))
      total = Math.max(total, other.totals.mean(now))
    }
    target.firstTokens.add(2 * firstToken, now)
    target.totals.add(2 * total, now)
  }

  /** The call is over, whatever came of it. */
  ended(index: number): void {
    const target = this.#targets[index]
    if (target !== undefined) target.inFlight -= 1
  }

  #count(index: number, by: number): void {
    const target = this.#targets[index]
    if (target !== undefined) target.chosen += by
  }
}

class Target {
  inFlight = 0
  /** How many of the last calls went there. */
  chosen = 0
  readonly firstTokens: RecentTimes
  readonly totals: RecentTimes

  constructor(window: number) {
    this.firstTokens = new RecentTimes(window, lifeMs)
    this.totals = new RecentTimes(window, lifeMs)
  }
}
