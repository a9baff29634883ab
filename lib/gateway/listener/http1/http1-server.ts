import { tickMs, ticksOf } from '@/lib/gateway/http1/ticks.ts'
import { Http1Connection } from '@/lib/gateway/listener/http1/http1-connection.ts'
import type {
  Http1Limits,
  RequestSink,
  ServedConnection,
  ServerState,
} from '@/lib/gateway/listener/http1/server-state.ts'
import type { Connection, ProtocolServer } from '@/lib/gateway/listener/protocol-server.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/** In force until the first snapshot brings its own. */
const limitsBeforeSnapshot: Http1Limits = {
  headerBytesMax: 32_768,
  urlBytesMax: 16_384,
  clientHeadersMs: 15_000,
  clientIdleMs: 600_000,
}

const lingerMs = 2_000
/** A request may be on its way on a connection that seems to idle, and closing it would lose that request. */
const drainIdleMs = 1_000

/** HTTP/1.1 and HTTP/1.0 (RFC 9112) on the connections of one listener. */
export class Http1Server implements ProtocolServer, ServerState {
  readonly side: GatewaySide
  readonly requests: RequestSink
  readonly #connections = new Set<ServedConnection>()
  #sweep: NodeJS.Timeout | null = null
  #unflushed: ServedConnection[] = []
  #flushing: ServedConnection[] = []
  #dateLine = ''
  #dateTick = -1
  #drained: (() => void) | null = null
  isDraining = false
  limits: Http1Limits = limitsBeforeSnapshot
  tick = 0
  headersTicks = ticksOf(limitsBeforeSnapshot.clientHeadersMs)
  idleTicks = ticksOf(limitsBeforeSnapshot.clientIdleMs)
  readonly lingerTicks = ticksOf(lingerMs)
  readonly drainIdleTicks = ticksOf(drainIdleMs)

  constructor(side: GatewaySide, requests: RequestSink) {
    this.side = side
    this.requests = requests
    this.#startSweep()
  }

  configure(limits: Http1Limits): void {
    this.limits = limits
    this.headersTicks = ticksOf(limits.clientHeadersMs)
    this.idleTicks = ticksOf(limits.clientIdleMs)
  }

  accept(accepted: Connection): void {
    const connection = new Http1Connection(this, accepted)
    this.#connections.add(connection)
    // One that was accepted before a drain may say its first word when all others have left.
    if (this.#sweep === null) this.#startSweep()
    connection.read(accepted.firstBytes)
  }

  forget(connection: ServedConnection): void {
    this.#connections.delete(connection)
    if (this.#connections.size === 0) this.#drained?.()
  }

  drain(): Promise<void> {
    this.isDraining = true
    return new Promise((resolve) => {
      this.#drained = () => {
        if (this.#sweep !== null) clearInterval(this.#sweep)
        this.#sweep = null
        resolve()
      }
      for (const connection of this.#connections) connection.closeIfStillIdle()
      if (this.#connections.size === 0) this.#drained()
    })
  }

  destroy(): void {
    for (const connection of this.#connections) connection.socket.destroy()
  }

  flushSoon(connection: ServedConnection): void {
    this.#unflushed.push(connection)
    if (this.#unflushed.length === 1) process.nextTick(flushAll, this)
  }

  flushGathered(): void {
    const gathered = this.#unflushed
    this.#unflushed = this.#flushing
    this.#flushing = gathered
    for (const connection of gathered) connection.flush()
    gathered.length = 0
  }

  get dateLine(): string {
    if (this.#dateTick !== this.tick) {
      this.#dateTick = this.tick
      this.#dateLine = `date: ${new Date().toUTCString()}\r\n`
    }
    return this.#dateLine
  }

  #startSweep(): void {
    this.#sweep = setInterval(() => this.#sweepConnections(), tickMs)
    this.#sweep.unref()
  }

  #sweepConnections(): void {
    this.tick += 1
    for (const connection of this.#connections) connection.checkDeadlines(this.tick)
  }
}

function flushAll(server: Http1Server): void {
  server.flushGathered()
}
