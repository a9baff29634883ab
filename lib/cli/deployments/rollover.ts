import { delayMs } from '@/lib/cli/process-life.ts'
import type { SupervisedProcess } from '@/lib/cli/supervised-process.ts'

export interface RolloverOptions {
  /** Of the slots that are wanted, now. */
  processes(): SupervisedProcess[]
  readonly readyWithinMs: number
  readonly drainMs: number
  say(line: string): void
  onChange(): void
}

const retryAfter = { firstMs: 1_000, maxMs: 60_000, resetAfterMs: 0 }

/** Puts processes of the newest plan in the place of earlier ones, one after the other, so that a gateway serves on. */
export class Rollover {
  readonly #options: RolloverOptions
  #turn: Promise<unknown> = Promise.resolve()
  #isAsked = false
  #failures = 0
  #failure: string | null = null
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(options: RolloverOptions) {
    this.#options = options
  }

  /** Why earlier processes still serve; null while nothing went wrong. */
  get failure(): string | null {
    return this.#failure
  }

  /** Does it after whatever is going on, and nothing else at the same time. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(task)
    this.#turn = done.catch(() => {})
    return done
  }

  replaceOutdated(): void {
    if (this.#isAsked || this.#isStopped) return
    clearTimeout(this.#timer)
    this.#isAsked = true
    void this.inTurn(() => {
      this.#isAsked = false
      return this.#replaceOutdated()
    })
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  async #replaceOutdated(): Promise<void> {
    for (;;) {
      const process = this.#nextOutdated()
      if (process === undefined) break
      const { plan } = process
      const isReplaced = await process.replace(this.#options)
      const isStillOutdated = this.#options.processes().includes(process) && process.isOutdated
      if (!isReplaced && isStillOutdated && process.plan === plan && !this.#isStopped) {
        this.#failed(process)
        return
      }
      this.#options.onChange()
    }
    this.#failures = 0
    this.#tell(null)
  }

  #nextOutdated(): SupervisedProcess | undefined {
    return this.#isStopped ? undefined : this.#options.processes().find(({ isOutdated }) => isOutdated)
  }

  #failed(process: SupervisedProcess): void {
    this.#failures += 1
    const sentence = `A new ${process.plan.name} did not get ready within ${this.#options.readyWithinMs / 1000} s; the one before goes on, and it is tried again.`
    if (this.#failure === null) this.#options.say(sentence)
    this.#tell(sentence)
    const ms = delayMs(this.#failures + 1, retryAfter, Math.random)
    this.#timer = setTimeout(() => this.replaceOutdated(), ms)
  }

  #tell(failure: string | null): void {
    if (failure === this.#failure) return
    this.#failure = failure
    this.#options.onChange()
  }
}
