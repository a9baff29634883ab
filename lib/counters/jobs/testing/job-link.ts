import { EventEmitter } from 'node:events'
import type { CounterChild } from '@/lib/counters/coordinator.ts'
import { ChannelJobSource } from '@/lib/counters/jobs/channel-job-source.ts'

/** Both ends of a child's IPC channel in one process. Messages go as text, like the real ones, and none is lost. */
export class JobLink {
  readonly #child = new EventEmitter()
  readonly #held: object[] = []
  #isStalled = false
  readonly changes: boolean[] = []
  readonly source: ChannelJobSource
  readonly child: CounterChild = {
    send: (message, done) => {
      const text = JSON.stringify(message)
      setImmediate(() => {
        this.#listen(JSON.parse(text))
        done(null)
      })
    },
    on: (event, listener) => this.#child.on(event, listener),
    once: (event, listener) => this.#child.once(event, listener),
  }
  #listen: (message: unknown) => void = () => {}

  /** Patient, unless the test is about impatience: its machine may be busy. */
  constructor(patienceMs = 10_000) {
    this.source = new ChannelJobSource({
      patienceMs,
      onChange: (isAway) => this.changes.push(isAway),
      channel: {
        send: (message) => {
          if (this.#isStalled) this.#held.push(message)
          else this.#deliver(message)
        },
        onMessage: (listener) => {
          this.#listen = listener
        },
      },
    })
  }

  /** The keeper reads nothing until it goes on. */
  stall(): void {
    this.#isStalled = true
  }

  /** What it has not read. */
  get held(): number {
    return this.#held.length
  }

  goOn(): void {
    this.#isStalled = false
    for (const message of this.#held.splice(0)) this.#deliver(message)
  }

  #deliver(message: object): void {
    const text = JSON.stringify(message)
    setImmediate(() => this.#child.emit('message', JSON.parse(text)))
  }
}
