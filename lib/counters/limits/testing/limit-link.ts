import { EventEmitter } from 'node:events'
import type { CounterChild } from '@/lib/counters/coordinator.ts'
import { ChannelLimitSource } from '@/lib/counters/limits/channel-limit-source.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/** Both ends of a child's IPC channel in one process. Messages go as text, like the real ones. */
export class LimitLink {
  readonly #child = new EventEmitter()
  #listen: (message: unknown) => void = () => {}
  /** True: answers do not arrive. */
  isCut = false
  readonly changes: boolean[] = []
  readonly source: ChannelLimitSource
  readonly child: CounterChild = {
    send: (message, done) => {
      const text = JSON.stringify(message)
      setImmediate(() => {
        if (!this.isCut) this.#listen(JSON.parse(text))
        done(null)
      })
    },
    on: (event, listener) => this.#child.on(event, listener),
    once: (event, listener) => this.#child.once(event, listener),
  }

  /** Patient, unless the test is about impatience: its machine may be busy. */
  constructor(clock: Clock, patienceMs = 10_000) {
    this.source = new ChannelLimitSource({
      clock,
      patienceMs,
      onChange: (isAway) => this.changes.push(isAway),
      channel: {
        send: (message) => {
          const text = JSON.stringify(message)
          setImmediate(() => this.#child.emit('message', JSON.parse(text)))
        },
        onMessage: (listener) => {
          this.#listen = listener
        },
      },
    })
  }

  disconnect(): void {
    this.source.close()
    this.#child.emit('disconnect')
  }
}
