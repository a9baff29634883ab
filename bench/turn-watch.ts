import { monotonicMs } from './clock.ts'
import { mainThreadTimes } from './scheduler-wait.ts'

/** Turns that follow each other within this time had work waiting. */
const pauselessMs = 1

/** Tells how long bytes may have waited here because this process was busy with others, or not on its core. */
export class TurnWatch {
  readonly #times = mainThreadTimes()
  #start = 0
  #end = 0
  #lateMs = 0
  #waitedMs = 0

  /** At most this long before `now` the bytes at hand had come. */
  lateMs(now: number): number {
    if (this.#start === 0) this.#begin(now)
    return now - this.#start + this.#lateMs
  }

  #begin(now: number): void {
    const { waitedMs } = this.#times()
    const waited = waitedMs - this.#waitedMs
    // The turn before counts too when this one came right behind it.
    if (now - this.#end - waited > pauselessMs) this.#lateMs = 0
    this.#lateMs += waited
    this.#start = now
    setImmediate(() => {
      this.#end = monotonicMs()
      this.#lateMs = this.#end - this.#start
      this.#waitedMs = this.#times().waitedMs
      this.#start = 0
    })
  }
}
