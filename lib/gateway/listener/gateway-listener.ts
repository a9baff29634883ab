import { createServer, type Server, type Socket } from 'node:net'
import { AddressSet } from '@/lib/addresses/address-set.ts'
import { type Engine, handleRequest } from '@/lib/gateway/handle-request.ts'
import { type Arrival, ArrivingConnection } from '@/lib/gateway/listener/arriving-connection.ts'
import type { Door, ListenAt } from '@/lib/gateway/listener/door.ts'
import { Http1Server } from '@/lib/gateway/listener/http1/http1-server.ts'
import { Http2Server } from '@/lib/gateway/listener/http2/http2-server.ts'
import { listen } from '@/lib/gateway/listener/listen.ts'
import { OpenConnections } from '@/lib/gateway/listener/open-connections.ts'
import type { ProtocolServer } from '@/lib/gateway/listener/protocol-server.ts'
import type { TicketKeys } from '@/lib/gateway/listener/tls/ticket-keys.ts'
import { TlsLayer } from '@/lib/gateway/listener/tls/tls-layer.ts'
import { accessRefusal } from '@/lib/gateway/stages/admit/check-access.ts'
import { resetSocket } from '@/lib/platform/reset-socket.ts'
import type { GatewaySide, GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

export type ListenerConfiguration = Pick<GatewaySnapshot, 'limits' | 'trustedProxies' | 'proxyProtocol'>

export interface HttpDoor {
  readonly side: GatewaySide
  readonly protocol: 'http' | 'https'
  /** With them, nodes resume each other's TLS sessions. */
  readonly ticketKeys?: TicketKeys | null
}

const nothing = Buffer.alloc(0)
const tcpKeepAliveMs = 60_000
const sweepMs = 250
const drainArrivalMs = 1_000
/** In force until the first snapshot brings its own. */
const connectionsMaxBeforeSnapshot = 10_000
const clientHeadersMsBeforeSnapshot = 15_000

/**
 * One door of the gateway that speaks HTTP. Counts connections, learns the caller's address and the protocol from the
 * first bytes or in a TLS handshake, and hands each connection to the server of that protocol.
 */
export class GatewayListener implements Door {
  readonly side: GatewaySide
  readonly #tls: TlsLayer | null
  readonly #engine: Engine
  readonly #nodeConnections: OpenConnections
  readonly #server: Server
  readonly #http1: ProtocolServer
  readonly #http2: ProtocolServer
  readonly #connections = new Map<Socket, ArrivingConnection>()
  readonly #arriving = new Set<ArrivingConnection>()
  readonly #sweep: NodeJS.Timeout
  #connectionsMax = connectionsMaxBeforeSnapshot
  #arrivalMs = clientHeadersMsBeforeSnapshot
  #trustedProxies = new AddressSet([])
  #expectsProxyHeader = false
  #drained: Promise<void> | null = null

  /** Listeners of one node share `nodeConnections`, and with it the node's limit. */
  constructor(
    { side, protocol, ticketKeys = null }: HttpDoor,
    engine: Engine,
    nodeConnections = new OpenConnections(),
  ) {
    this.side = side
    this.#tls = protocol === 'https' ? createTls(side, engine, ticketKeys) : null
    this.#engine = engine
    this.#nodeConnections = nodeConnections
    this.#http1 = new Http1Server(side, {
      handle: (exchange) => void handleRequest(engine, exchange),
      accessRefusal: (peer) => accessRefusal(engine.runtimes.current, side, peer),
      refused: (code) => engine.observer.countError(code),
    })
    this.#http2 = new Http2Server(side, engine)
    this.#server = createServer(
      // Half-open, so that an answer to a caller that has ended its half is not cut off by node.
      { allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: tcpKeepAliveMs },
      (socket) => this.#accept(socket),
    )
    this.#sweep = setInterval(() => this.#sweepArriving(), sweepMs)
    this.#sweep.unref()
  }

  /** Open client connections of this listener. */
  get connections(): number {
    return this.#connections.size
  }

  /** Takes what concerns listeners from a new snapshot; what concerns first bytes holds for new connections. */
  configure({ limits, trustedProxies, proxyProtocol }: ListenerConfiguration): void {
    this.#connectionsMax = limits.connectionsMax
    this.#arrivalMs = Math.min(
      limits.clientHeadersMs,
      this.#drained === null ? Number.POSITIVE_INFINITY : drainArrivalMs,
    )
    this.#trustedProxies = new AddressSet(trustedProxies)
    this.#expectsProxyHeader = proxyProtocol[this.side]
    this.#http1.configure(limits)
    this.#http2.configure(limits)
    this.#closeRefused()
  }

  open(at: ListenAt): Promise<number> {
    return listen(this.#server, at)
  }

  /**
   * Stops accepting, for this process alone where others share the port; answers under way finish and close
   * their connections. Resolves when all are closed.
   */
  drain(): Promise<void> {
    this.#drained ??= this.#drain()
    return this.#drained
  }

  async #drain(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    // A request may be on its way on a connection that has said nothing yet.
    this.#arrivalMs = Math.min(this.#arrivalMs, drainArrivalMs)
    await Promise.all([closed, this.#http1.drain(), this.#http2.drain()])
    clearInterval(this.#sweep)
  }

  /** Breaks what is still open. */
  destroy(): void {
    this.#http1.destroy()
    this.#http2.destroy()
    for (const socket of this.#connections.keys()) socket.destroy()
  }

  #accept(socket: Socket): void {
    // Told by `close` in any case; without a listener an error would end the process.
    socket.on('error', ignoreError)
    const nodeConnections = this.#nodeConnections
    if (nodeConnections.count >= this.#connectionsMax) {
      this.#engine.observer.countError('overloaded')
      socket.destroy()
      return
    }
    if (this.#expectsProxyHeader && !this.#trustedProxies.has(socket.remoteAddress ?? '')) {
      socket.destroy()
      return
    }
    nodeConnections.count += 1
    const arriving = new ArrivingConnection(socket, {
      expectsProxyHeader: this.#expectsProxyHeader,
      isTls: this.#tls !== null,
      onArrived: (arrival) => this.#arrived(arriving, arrival),
    })
    this.#connections.set(socket, arriving)
    this.#arriving.add(arriving)
    socket.once('close', () => {
      nodeConnections.count -= 1
      this.#connections.delete(socket)
      this.#arriving.delete(arriving)
    })
  }

  #arrived(arriving: ArrivingConnection, { socket: transport, peer, firstBytes, words }: Arrival): void {
    if (words.protocol !== 'tls') {
      this.#arriving.delete(arriving)
      this.#serverOf(words.protocol).accept({
        socket: transport,
        transport,
        peer,
        scheme: 'http',
        firstBytes,
      })
      return
    }
    // A socket that flows would drop what is put back before TLS reads it.
    transport.pause()
    this.#tls?.accept(transport, firstBytes, words.serverName, (socket, protocol) => {
      this.#arriving.delete(arriving)
      this.#serverOf(protocol).accept({ socket, transport, peer, scheme: 'https', firstBytes: nothing })
    })
  }

  #serverOf(protocol: 'http1' | 'http2'): ProtocolServer {
    return protocol === 'http1' ? this.#http1 : this.#http2
  }

  /**
   * Breaks what a new snapshot no longer allows, with a reset, so that half an answer never looks whole. Of a trusted
   * proxy's connections only the requests of those who may not call any more.
   */
  #closeRefused(): void {
    const runtime = this.#engine.runtimes.current
    const access = runtime?.access[this.side] ?? null
    if (runtime === null || access === null) return
    for (const [socket, { peer }] of this.#connections) {
      if (peer?.isAmong(runtime.trustedProxies) === true) peer.breakOffForwarded(access)
      else if (peer?.mayCall(access) === false) resetSocket(socket)
    }
  }

  /** A connection that says nothing for as long as a request's headers may take is not worth its place. */
  #sweepArriving(): void {
    const sweepsMax = Math.ceil(this.#arrivalMs / sweepMs)
    for (const arriving of this.#arriving) {
      arriving.sweeps += 1
      if (arriving.sweeps > sweepsMax) arriving.socket.destroy()
    }
  }
}

function createTls(
  side: GatewaySide,
  { runtimes, observer }: Engine,
  ticketKeys: TicketKeys | null,
): TlsLayer {
  return new TlsLayer({
    names: () => runtimes.current?.tls[side] ?? null,
    now: () => observer.clock.now(),
    ticketKeys,
  })
}

function ignoreError(): void {}
