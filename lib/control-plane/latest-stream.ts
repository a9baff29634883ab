import { heartbeatEvent } from '@/lib/snapshot/snapshot-events.ts'

const heartbeatMs = 10_000

/** Open streams end at shutdown, or the process would wait for them. */
const holder = globalThis as { __switchyardShutdown?: Set<() => void | Promise<void>> }

export interface LatestSource<T> {
  /** Calls back at once with the newest, if there is one, and then with each new one. Answers how to leave. */
  readonly subscribe: (listener: (newest: T) => void) => () => void
  /** Server-sent events, each whole. */
  readonly toEvents: (newest: T) => Iterator<string>
}

/**
 * The newest of something at once and on each change, with heartbeats. Sent as fast as the reader reads: a slow one
 * holds no queue here, it misses what was newest only for a while.
 */
export function latestStream<T>(source: LatestSource<T>): ReadableStream<Uint8Array> {
  let sending: Sending<T> | null = null
  return new ReadableStream({
    start(controller) {
      sending = new Sending(source, controller)
    },
    pull() {
      sending?.proceed()
    },
    cancel() {
      sending?.stop()
    },
  })
}

class Sending<T> {
  readonly #source: LatestSource<T>
  readonly #controller: ReadableStreamDefaultController<Uint8Array>
  readonly #encoder = new TextEncoder()
  readonly #leave: () => void
  readonly #heartbeat: NodeJS.Timeout
  readonly #close: () => void
  #next: { readonly newest: T } | null = null
  /** The rest of what is being sent. */
  #events: Iterator<string> | null = null

  constructor(source: LatestSource<T>, controller: ReadableStreamDefaultController<Uint8Array>) {
    this.#source = source
    this.#controller = controller
    this.#heartbeat = setInterval(() => this.#send(heartbeatEvent), heartbeatMs)
    this.#close = () => {
      this.stop()
      controller.close()
    }
    holder.__switchyardShutdown ??= new Set()
    holder.__switchyardShutdown.add(this.#close)
    this.#send(heartbeatEvent)
    this.#leave = source.subscribe((newest) => {
      this.#next = { newest }
      this.proceed()
    })
  }

  /** Sends what the reader has room for. */
  proceed(): void {
    while ((this.#controller.desiredSize ?? 0) > 0) {
      const event = this.#nextEvent()
      if (event === null) return
      this.#send(event)
    }
  }

  stop(): void {
    this.#leave()
    clearInterval(this.#heartbeat)
    holder.__switchyardShutdown?.delete(this.#close)
  }

  #nextEvent(): string | null {
    const event = this.#events?.next()
    if (event?.done === false) return event.value
    this.#events = this.#next === null ? null : this.#source.toEvents(this.#next.newest)
    this.#next = null
    return this.#events === null ? null : this.#nextEvent()
  }

  #send(event: string): void {
    try {
      this.#controller.enqueue(this.#encoder.encode(event))
    } catch {
      // The stream ended without a word; the other readers must still be told.
      this.stop()
    }
  }
}
