import { heartbeatEvent, toSnapshotEvents } from '@/lib/snapshot/snapshot-events.ts'
import type { ControlPlane } from './control-plane.ts'
import type { PublishedSnapshot } from './publisher.ts'

const heartbeatMs = 10_000

/** Open streams end at shutdown, or the process would wait for them. */
const holder = globalThis as { __switchyardShutdown?: Set<() => void | Promise<void>> }

/**
 * The newest snapshot at once and on each change, as `lib/snapshot/snapshot-events.ts` has it. Sent as fast as the
 * node reads: a slow one holds no queue here, it misses snapshots that were newest only for a while.
 */
export function snapshotStream(plane: ControlPlane, gatewayId: string): ReadableStream<Uint8Array> {
  let sending: Sending | null = null
  return new ReadableStream({
    start(controller) {
      sending = new Sending(plane, gatewayId, controller)
    },
    pull() {
      sending?.proceed()
    },
    cancel() {
      sending?.stop()
    },
  })
}

class Sending {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>
  readonly #encoder = new TextEncoder()
  readonly #leave: () => void
  readonly #heartbeat: NodeJS.Timeout
  readonly #close: () => void
  #next: PublishedSnapshot | null = null
  /** The rest of the snapshot that is being sent. */
  #events: Iterator<string> | null = null

  constructor(
    plane: ControlPlane,
    gatewayId: string,
    controller: ReadableStreamDefaultController<Uint8Array>,
  ) {
    this.#controller = controller
    this.#heartbeat = setInterval(() => this.#send(heartbeatEvent), heartbeatMs)
    this.#close = () => {
      this.stop()
      controller.close()
    }
    holder.__switchyardShutdown ??= new Set()
    holder.__switchyardShutdown.add(this.#close)
    this.#send(heartbeatEvent)
    this.#leave = plane.publisher.subscribe(gatewayId, (published) => {
      this.#next = published
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
    this.#events = this.#next === null ? null : toSnapshotEvents(this.#next.lines)
    this.#next = null
    return this.#events === null ? null : this.#nextEvent()
  }

  #send(event: string): void {
    try {
      this.#controller.enqueue(this.#encoder.encode(event))
    } catch {
      // The stream ended without a word; the other nodes must still be told.
      this.stop()
    }
  }
}
