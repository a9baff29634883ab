import { monotonicMs } from './clock.ts'

/** Turns that follow each other within this time had work waiting. */
const pauselessMs = 1

/** Tells how long bytes may have waited here because this process was busy with others. */
export class TurnWatch {
  #start = 0
  #end = 0
  #lengthMs = 0

  /** At most this long before `now` the bytes at hand had come. */
  lateMs(now: number): number {
    if (this.#start === 0) {
      // The turn before counts too when this one came right behind it.
      if (now - this.#end > pauselessMs) this.#lengthMs = 0
      this.#start = now
      setImmediate(() => {
        this.#end = monotonicMs()
        this.#lengthMs = this.#end - this.#start
        this.#start = 0
      })
    }
    return now - this.#start + this.#lengthMs
  }
}
