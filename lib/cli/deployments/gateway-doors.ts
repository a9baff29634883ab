import type { ChildProcess } from '@/lib/cli/child-process.ts'
import type { HeldPort } from '@/lib/cli/held-port.ts'
import type { ListenersWantedMessage } from '@/lib/platform/process-messages.ts'

/** A gateway without any snapshot answers that it has none, rather than nothing, after this time. */
const emptyPatienceMs = 15_000

/** The doors of one gateway on this host, and the node processes that serve them, now and as doors come and go. */
export class GatewayDoors {
  readonly #patienceMs: number
  readonly #held = new Map<string, HeldPort>()
  readonly #serving = new Set<ChildProcess>()
  #hasServed = false

  constructor(held: ReadonlyMap<string, HeldPort> = new Map(), patienceMs = emptyPatienceMs) {
    this.#held = new Map(held)
    this.#patienceMs = patienceMs
  }

  /**
   * Gives a process the doors when it asks, once. One without a snapshot gets no caller where another could serve
   * them, be it the one that it is to relieve or its neighbour.
   */
  listenersWanted(message: ListenersWantedMessage, child: ChildProcess, isReplacement: boolean): void {
    if (message.revision !== null) {
      this.#hasServed = true
      this.#serve(child)
    } else if (!isReplacement) {
      const serveLate = () => {
        if (!this.#hasServed) this.#serve(child)
      }
      setTimeout(serveLate, this.#patienceMs).unref()
    }
  }

  /** A process that finishes, or has gone, gets nothing new. */
  left(child: ChildProcess): void {
    this.#serving.delete(child)
  }

  add(name: string, port: HeldPort): void {
    this.#held.set(name, port)
    for (const child of this.#serving) {
      this.#tell(child)
      port.pass(child.process, name)
    }
  }

  /** The processes drain it and close it; the port is free once they have. */
  remove(name: string): void {
    const port = this.#held.get(name)
    if (port === undefined) return
    this.#held.delete(name)
    for (const child of this.#serving) this.#tell(child)
    port.release()
  }

  releaseAll(): void {
    for (const port of this.#held.values()) port.release()
    this.#held.clear()
  }

  #serve(child: ChildProcess): void {
    if (this.#serving.has(child) || !child.process.connected) return
    this.#serving.add(child)
    this.#tell(child)
    for (const [name, port] of this.#held) port.pass(child.process, name)
  }

  #tell(child: ChildProcess): void {
    child.send({ type: 'doors', doors: [...this.#held.keys()] })
  }
}
