import { EventEmitter } from 'node:events'
import { ChannelPermitSource } from '@/lib/counters/channel-permit-source.ts'
import type { CounterChild } from '@/lib/counters/coordinator.ts'
import type { Clock } from '@/lib/platform/clock.ts'

/** Both ends of a child's IPC channel in one process. Messages go as text, like the real ones. */
export class CounterLink {
  readonly #child = new EventEmitter()
  #listen: (message: unknown) => void = () => {}
  /** True: the coordinator's answers do not arrive. */
  isCut = false
  /** Messages from the node so far. */
  sent = 0
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
  readonly changes: boolean[] = []
  readonly source: ChannelPermitSource

  /** Patient, unless the test is about impatience: its machine may be busy. */
  constructor(clock: Clock, patienceMs = 10_000) {
    this.source = new ChannelPermitSource({
      clock,
      patienceMs,
      onChange: ({ isAway }) => this.changes.push(isAway),
      channel: {
        send: (message) => {
          this.sent += 1
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
