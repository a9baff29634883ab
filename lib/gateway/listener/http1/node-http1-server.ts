import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { refusal } from '@/lib/gateway/error.ts'
import { type Engine, handleRequest } from '@/lib/gateway/handle-request.ts'
import { answerClientError, rawAnswer } from '@/lib/gateway/listener/client-error.ts'
import { endAndDiscard } from '@/lib/gateway/listener/lingering-close.ts'
import { type ClientSocket, type DoorState, NodeExchange } from '@/lib/gateway/listener/node-exchange.ts'
import type { Connection, ProtocolServer } from '@/lib/gateway/listener/protocol-server.ts'
import { replayWithoutUpgrade } from '@/lib/gateway/listener/replay-without-upgrade.ts'
import { UpgradeExchange } from '@/lib/gateway/listener/upgrade-exchange.ts'
import type { GatewayLimits, GatewaySide } from '@/lib/snapshot/snapshot.ts'

type Limits = Pick<GatewayLimits, 'headerBytesMax' | 'urlBytesMax' | 'clientHeadersMs' | 'clientIdleMs'>

/** In force until the first snapshot brings its own. */
const limitsBeforeSnapshot: Limits = {
  headerBytesMax: 32_768,
  urlBytesMax: 16_384,
  clientHeadersMs: 15_000,
  clientIdleMs: 600_000,
}

const timeoutCheckMs = 500
const tcpKeepAliveMs = 60_000
const idleSweepMs = 50

/** One plain HTTP/1.1 door of the gateway: sockets in, exchanges to the engine. */
export class NodeHttp1Server implements ProtocolServer {
  readonly side: GatewaySide
  readonly #engine: Engine
  readonly #door: DoorState
  readonly #server: Server
  readonly #upgraded = new Set<Duplex>()
  readonly #connections = new Set<Socket>()
  #limits: Limits = limitsBeforeSnapshot

  constructor(side: GatewaySide, engine: Engine) {
    this.side = side
    this.#engine = engine
    this.#door = { side, scheme: 'http', isDraining: false }
    this.#server = createServer({
      // Never lenient: what the parser would forgive, a second reader might read differently.
      insecureHTTPParser: false,
      // The engine answers a missing Host itself, in its own error shape.
      requireHostHeader: false,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: tcpKeepAliveMs,
      connectionsCheckingInterval: timeoutCheckMs,
      requestTimeout: 0,
    })
    // node would silently drop headers past its own count; the limit here is their size.
    this.#server.maxHeadersCount = 0
    this.#listen()
    this.configure(limitsBeforeSnapshot)
    this.#server.emit('listening')
  }

  /** Takes the limits of a new snapshot; connections that are open keep the parser they have. */
  configure(limits: Limits): void {
    this.#limits = limits
    const server: Server & { maxHeaderSize?: number } = this.#server
    // node reads this per connection, though its types only know it as an option.
    server.maxHeaderSize = limits.headerBytesMax
    server.headersTimeout = limits.clientHeadersMs
    server.keepAliveTimeout = limits.clientIdleMs
  }

  accept({ socket, firstBytes }: Connection): void {
    socket.removeAllListeners('data')
    if (firstBytes.length > 0) socket.unshift(firstBytes)
    this.#server.emit('connection', socket)
  }

  /** Stops accepting; answers under way finish and close their connections. Resolves when all are closed. */
  drain(): Promise<void> {
    this.#door.isDraining = true
    // A connection whose answer began before may stay open behind it; it is closed as soon as it idles.
    const sweep = setInterval(() => this.#closeIdle(), idleSweepMs)
    return new Promise((resolve) => {
      const check = () => {
        if (this.#connections.size > 0) return
        clearInterval(sweep)
        clearInterval(wait)
        this.#server.close()
        resolve()
      }
      const wait = setInterval(check, 5)
      this.#closeIdle()
      check()
    })
  }

  /** For node a connection that has sent nothing, such as a browser's preconnect, is not idle but waiting. */
  #closeIdle(): void {
    this.#server.closeIdleConnections()
    for (const connection of this.#connections) {
      if (connection.bytesRead === 0) connection.destroy()
    }
  }

  /** Breaks what is still open. */
  destroy(): void {
    this.#server.closeAllConnections()
    for (const socket of this.#upgraded) socket.destroy()
  }

  #listen(): void {
    const server = this.#server
    server.on('connection', (connection: Socket) => {
      this.#connections.add(connection)
      connection.once('close', () => this.#connections.delete(connection))
    })
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#accept(request, response, false)
    })
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      this.#accept(request, response, true)
    })
    // Without this node answers 417 by itself, and not in our shape.
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      this.#accept(request, response, false)
    })
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#upgrade(request, socket, head)
    })
    server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
      this.#engine.observer.countError('method_not_supported')
      const refused = refusal('method_not_supported', 'This gateway is not a forward proxy.')
      endAndDiscard(socket as Socket, rawAnswer(refused))
    })
    server.on('clientError', (error: Error, socket: Duplex) => {
      this.#clientError(error, socket as ClientSocket)
    })
  }

  #accept(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    const exchange = new NodeExchange(this.#door, request, response, {
      awaitsContinue,
      idleMs: () => this.#limits.clientIdleMs,
    })
    const socket: ClientSocket = request.socket
    socket.newestExchange = exchange
    // One tick later the parser has read the rest of the packet, so a small body is known to be complete.
    process.nextTick(handleRequest, this.#engine, exchange)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket') {
      replayWithoutUpgrade(this.#server, request, socket as Socket, head)
      return
    }
    this.#upgraded.add(socket)
    socket.on('close', () => this.#upgraded.delete(socket))
    void handleRequest(this.#engine, new UpgradeExchange(this.#door, request, socket, head))
  }

  #clientError(error: Error, socket: ClientSocket): void {
    // Bytes behind a request that closes the connection are nobody's business.
    if (errorCode(error) === 'HPE_CLOSED_CONNECTION') return
    const isAnswering = socket._httpMessage?.headersSent === true
    if (socket.isRefused === true || isAnswering) {
      socket.destroy()
      return
    }
    socket.isRefused = true
    if (socket._httpMessage) socket.newestExchange?.abandon()
    const refused = answerClientError(error, socket, this.#limits.urlBytesMax)
    if (refused !== null) this.#engine.observer.countError(refused.code)
  }
}

function errorCode(error: Error): unknown {
  return 'code' in error ? error.code : undefined
}
