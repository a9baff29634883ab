import { performServerHandshake, type ServerHttp2Session, type ServerOptions } from 'node:http2'
import type { Engine } from '@/lib/gateway/handle-request.ts'
import { ClientSession, type SessionLimits } from '@/lib/gateway/listener/http2/client-session.ts'
import type { Connection, ProtocolServer } from '@/lib/gateway/listener/protocol-server.ts'
import type { GatewayLimits, GatewaySide } from '@/lib/snapshot/snapshot.ts'

const streamsMax = 250
/** One window per stream is what a slow instance lets a caller's upload take of our memory. */
const windowBytes = 65_535
/**
 * Megabytes. Far above what windows and back-pressure let a connection take, because node's own count drifts when
 * uploads meet writes that have to wait, and then refuses good streams.
 */
const sessionMemoryMax = 100
/** Streams that node refused on a connection before it is ended, so that its caller gets one that works. */
const rejectedStreamsMax = 10
const sweepMs = 250
/** More than nghttp2 decodes into one header section is never accepted. */
const headerListBytesMax = 65_536

/** In force until the first snapshot brings its own. */
const limitsBeforeSnapshot: SessionLimits = {
  headerBytesMax: 32_768,
  clientHeadersMs: 15_000,
  clientIdleMs: 600_000,
}

/** HTTP/2 for a listener's connections: with prior knowledge on a plain socket, or as negotiated by TLS. */
export class Http2Server implements ProtocolServer {
  readonly #side: GatewaySide
  readonly #engine: Engine
  readonly #sessions = new Set<ClientSession>()
  #limits: SessionLimits = limitsBeforeSnapshot
  #sweep: NodeJS.Timeout | null = null
  #isDraining = false
  readonly #drained: Array<() => void> = []

  constructor(side: GatewaySide, engine: Engine) {
    this.#side = side
    this.#engine = engine
  }

  accept({ socket, peer, scheme, firstBytes }: Connection): void {
    // node:http2 takes over the handle and never ends its half by itself.
    socket.allowHalfOpen = false
    socket.on('end', () => socket.destroySoon())
    // A socket that flows would drop what is put back before anybody reads.
    socket.pause()
    if (firstBytes.length > 0) socket.unshift(firstBytes)
    const handshake: ServerHttp2Session = performServerHandshake(socket, sessionOptions(this.#limits))
    const origin = { side: this.#side, scheme, peer }
    const session = new ClientSession(this.#engine, handshake, socket, origin, () => this.#limits)
    this.#sessions.add(session)
    this.#sweep ??= setInterval(() => this.#sweepSessions(), sweepMs).unref()
    handshake.once('close', () => {
      socket.destroySoon()
      this.#left(session)
    })
    if (this.#isDraining) session.drain()
  }

  configure(limits: GatewayLimits): void {
    this.#limits = limits
  }

  drain(): Promise<void> {
    this.#isDraining = true
    for (const session of this.#sessions) session.drain()
    return new Promise((resolve) => {
      if (this.#sessions.size === 0) resolve()
      else this.#drained.push(resolve)
    })
  }

  destroy(): void {
    for (const session of this.#sessions) session.destroy()
  }

  #left(session: ClientSession): void {
    this.#sessions.delete(session)
    if (this.#sessions.size > 0) return
    if (this.#sweep !== null) clearInterval(this.#sweep)
    this.#sweep = null
    for (const resolve of this.#drained.splice(0)) resolve()
  }

  #sweepSessions(): void {
    const now = performance.now()
    for (const session of this.#sessions) session.sweep(now)
  }
}

function sessionOptions({ headerBytesMax }: SessionLimits): ServerOptions {
  // node's types leave out what its documentation has.
  const floodLimits = { maxSessionInvalidFrames: 100, maxSessionRejectedStreams: rejectedStreamsMax }
  return {
    ...floodLimits,
    maxSessionMemory: sessionMemoryMax,
    // The limit is their size.
    maxHeaderListPairs: 1_024,
    settings: {
      enableConnectProtocol: true,
      initialWindowSize: windowBytes,
      maxConcurrentStreams: streamsMax,
      // node resets what exceeds this, so up to it the engine can still say what was wrong.
      maxHeaderListSize: Math.min(headerListBytesMax, headerBytesMax * 2),
    },
  }
}
