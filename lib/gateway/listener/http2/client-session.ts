import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { refusal } from '@/lib/gateway/error.ts'
import { type Engine, handleRequest } from '@/lib/gateway/handle-request.ts'
import { Http2Exchange, type StreamOrigin } from '@/lib/gateway/listener/http2/http2-exchange.ts'
import { type Http2Head, readHttp2Head } from '@/lib/gateway/listener/http2/http2-head.ts'
import { ResetAllowance } from '@/lib/gateway/listener/http2/reset-allowance.ts'
import { WebSocketExchange } from '@/lib/gateway/listener/http2/web-socket-exchange.ts'
import { accessRefusal } from '@/lib/gateway/stages/admit/check-access.ts'
import { requestIdOf } from '@/lib/gateway/stages/admit/request-id.ts'
import { refuse } from '@/lib/gateway/stages/observe/refuse.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

export type SessionLimits = Pick<GatewayLimits, 'headerBytesMax' | 'clientHeadersMs' | 'clientIdleMs'>

const streamIdMax = 2 ** 31 - 1
/** A peer that does not answer a ping within this time has no streams on their way either. */
const lastStreamsMs = 1_000
/** The answer to a ping is written before requests that the peer has had waiting, and so overtakes them. */
const overtakenMs = 100
/** What a caller gets to take its last answer and to close, before its connection is closed for it. */
const lingerMs = 2_000

class TooManyResets extends Error {
  override readonly name = 'TooManyResets'
}

/** One HTTP/2 connection of a client. */
export class ClientSession {
  readonly #engine: Engine
  readonly #session: ServerHttp2Session
  readonly #socket: Socket
  readonly #origin: Omit<StreamOrigin, 'idleMs'>
  readonly #limits: () => SessionLimits
  readonly #resets = new ResetAllowance(performance.now())
  readonly #openedAt = performance.now()
  #hasSettings = false
  #openStreams = 0
  #idleSince = performance.now()
  #isDraining = false
  #isDismissed = false

  constructor(
    engine: Engine,
    session: ServerHttp2Session,
    socket: Socket,
    origin: Omit<StreamOrigin, 'idleMs' | 'dismiss'>,
    limits: () => SessionLimits,
  ) {
    this.#engine = engine
    this.#session = session
    this.#socket = socket
    this.#origin = { ...origin, dismiss: () => this.#dismiss() }
    this.#limits = limits
    // Every way to fail ends in `close`.
    session.on('error', ignoreError)
    session.once('remoteSettings', () => {
      this.#hasSettings = true
    })
    session.on('stream', (stream, _headers, _flags, raw?: readonly string[]) => {
      this.#opened(stream, readHttp2Head(raw ?? []))
    })
  }

  /** Closes a connection that idles, or that is too slow to say that it speaks HTTP/2. */
  sweep(now: number): void {
    const { clientHeadersMs, clientIdleMs } = this.#limits()
    const idleMs = this.#openStreams === 0 ? now - this.#idleSince : 0
    if (!this.#hasSettings && now - this.#openedAt > clientHeadersMs) this.#session.destroy()
    // A session that is closed waits for its caller to close too, who may never do so.
    else if (idleMs > clientIdleMs + lingerMs) this.#socket.destroy()
    else if (idleMs > clientIdleMs) this.#session.close()
  }

  /**
   * RFC 9113 §6.8: first a GOAWAY that refuses nothing, and only once the peer has seen it the one that names
   * the last stream, so that no request on its way is lost.
   */
  drain(): void {
    const session = this.#session
    if (this.#isDraining || session.destroyed || session.closed) return
    this.#isDraining = true
    session.goaway(constants.NGHTTP2_NO_ERROR, streamIdMax)
    const timer = setTimeout(close, lastStreamsMs)
    function close() {
      clearTimeout(timer)
      if (!session.destroyed) session.close()
    }
    if (!session.ping(() => setTimeout(close, overtakenMs))) close()
  }

  destroy(): void {
    this.#session.destroy()
  }

  #dismiss(): void {
    if (this.#isDismissed) return
    this.#isDismissed = true
    const session = this.#session
    // The answer first; then a GOAWAY, after which this connection takes no more.
    setImmediate(() => session.close())
    const late = setTimeout(() => this.#socket.destroy(), lingerMs)
    session.once('close', () => clearTimeout(late))
  }

  #opened(stream: ServerHttp2Stream, head: Http2Head): void {
    this.#openStreams += 1
    const origin = { ...this.#origin, idleMs: this.#limits().clientIdleMs }
    const exchange =
      head.protocol === 'websocket'
        ? new WebSocketExchange(origin, stream, head)
        : new Http2Exchange(origin, stream, head)
    stream.once('close', () => this.#closed(exchange))
    const flaw = this.#refusalOf(head)
    if (flaw !== null) this.#refuse(exchange, flaw)
    else if (stream.endAfterHeaders) void handleRequest(this.#engine, exchange)
    // By the next turn the rest of the packet is read, so a small body is known to be complete.
    else setImmediate(handleRequest, this.#engine, exchange)
  }

  #closed(exchange: Http2Exchange): void {
    const now = performance.now()
    this.#openStreams -= 1
    this.#idleSince = now
    if (exchange.started || this.#resets.spend(now)) return
    this.#session.destroy(new TooManyResets(), constants.NGHTTP2_ENHANCE_YOUR_CALM)
  }

  #refusalOf(head: Http2Head) {
    const { headerBytesMax } = this.#limits()
    if (head.byteLength > headerBytesMax) {
      return refusal('headers_too_large', `The header section is larger than ${headerBytesMax} bytes.`)
    }
    if (head.flaw !== null) return refusal('malformed_request', head.flaw)
    if (head.method === 'CONNECT' && head.protocol !== 'websocket') {
      return refusal('method_not_supported', 'CONNECT is for WebSockets only.')
    }
    return null
  }

  #refuse(exchange: Http2Exchange, flaw: Error): void {
    const { observer, runtimes } = this.#engine
    const refused = accessRefusal(runtimes.current, exchange.side, exchange.peer) ?? flaw
    if (refused !== flaw) exchange.dismiss()
    const observation = observer.begin(exchange, requestIdOf(exchange.rawHeaders, observer.clock.now()))
    refuse(observer, observation, refused)
    observer.finish(observation)
  }
}

function ignoreError(): void {}
