import { constants, type Http2Stream, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import type { Readable } from 'node:stream'
import { refusal } from '@/lib/gateway/error.ts'
import type { AnswerProducer, BodyOptions, Exchange, ProtocolSwitch } from '@/lib/gateway/exchange.ts'
import { endWithTrailers, sendTolerantly, toHttp2Headers } from '@/lib/gateway/http2-headers.ts'
import type { Http2Head } from '@/lib/gateway/listener/http2/http2-head.ts'
import type { Peer } from '@/lib/gateway/peer.ts'
import { RequestBody } from '@/lib/gateway/stages/forward/request-body.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

export interface StreamOrigin {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly peer: Peer
  /** How long an unread answer may wait for its reader. */
  readonly idleMs: number
  /** Ends the whole connection, after this answer. */
  dismiss(): void
}

/** node makes it RST_STREAM with INTERNAL_ERROR. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff'
}

const bodilessStatuses = new Set([204, 205, 304])

/** One HTTP/2 stream. Its flow-control window is the back-pressure of both directions. */
export class Http2Exchange implements Exchange {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly peer: Peer
  readonly httpVersion = '2.0'
  readonly isUpgrade: boolean = false
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  started = false
  gone = false
  bytesIn = 0
  requestTrailers: readonly string[] | null = null
  producer: AnswerProducer | null = null
  switchProtocols?(upgrade: ProtocolSwitch): void
  protected readonly stream: ServerHttp2Stream
  readonly #expectsContinue: boolean
  readonly #idleMs: number
  readonly #dismiss: () => void
  #body: RequestBody | null = null
  #pendingHead: OutgoingHttpHeaders | null = null
  #hasBody = true
  #trailers: readonly string[] | null = null
  #hasEnded = false
  #isBroken = false
  #stalled: NodeJS.Timeout | null = null

  constructor(origin: StreamOrigin, stream: ServerHttp2Stream, head: Http2Head) {
    this.side = origin.side
    this.scheme = origin.scheme
    this.peer = origin.peer
    this.#idleMs = origin.idleMs
    this.#dismiss = origin.dismiss
    this.method = head.method
    this.target = head.target
    this.rawHeaders = head.rawHeaders
    this.#expectsContinue = head.expectsContinue
    this.stream = stream
    // Every way to fail ends in `close`, which is listened to.
    stream.on('error', ignoreError)
    stream.on('aborted', () => {
      // node also says so, and at once, of a stream that is broken from this side.
      if (!this.#isBroken) this.#closed()
    })
    stream.on('close', () => this.#closed())
    stream.on('drain', () => this.#drained())
    stream.on('trailers', (_headers, _flags, raw?: readonly string[]) => {
      this.requestTrailers = raw ?? []
    })
  }

  takeBody(options: BodyOptions): Buffer | Readable | null {
    const { stream } = this
    if (stream.endAfterHeaders) return null
    if (this.#expectsContinue && !stream.destroyed && !this.started)
      stream.additionalHeaders({ ':status': 100 })
    if (hasArrived(stream, options.bytesDeclared)) return this.#takeWhole(options)
    this.#body = new RequestBody(stream, options, {
      onBytes: (count) => {
        this.bytesIn += count
      },
      onBroken: () => this.#closed(),
    })
    return this.#body
  }

  inform(status: number, headers: string[]): void {
    const { stream } = this
    if (this.started || this.gone || stream.destroyed || stream.closed) return
    sendTolerantly(toHttp2Headers(headers), (interim) =>
      stream.additionalHeaders({ ...interim, ':status': status }),
    )
  }

  start(status: number, _statusMessage: string, headers: string[]): void {
    if (status < 200 || status > 599) throw new RangeError(`HTTP/2 has no status ${status}.`)
    this.started = true
    const head = toHttp2Headers(headers)
    head[':status'] = status
    this.#hasBody = this.method !== 'HEAD' && !bodilessStatuses.has(status)
    // RFC 9110 §8.6: a length that no body follows would be a broken answer.
    if (status === 204 || status === 205) delete head['content-length']
    this.#pendingHead = head
    // An answer that ends in this tick can say so in its first frame, as gRPC's trailers-only answers must.
    process.nextTick(sendHead, this)
  }

  /** Sends the header section unless that has happened. */
  flush(): void {
    this.#respond(false)
  }

  write(chunk: Buffer): boolean {
    if (this.gone || !this.#hasBody) return true
    this.#respond(false)
    if (!this.stream.writable) return true
    const isOpen = this.stream.write(chunk)
    if (!isOpen) this.#awaitReader()
    return isOpen
  }

  end(trailers: string[] | null): void {
    if (this.gone || this.#hasEnded) return
    this.#hasEnded = true
    if (trailers !== null && trailers.length > 0) this.#trailers = trailers
    this.#respond(this.#trailers === null)
    if (this.stream.writable) this.stream.end()
    this.#awaitReader()
    this.#giveUpBody()
  }

  answer(status: number, headers: string[], body: Buffer): void {
    this.start(status, '', headers)
    this.#hasEnded = true
    this.#respond(body.length === 0)
    if (this.stream.writable) this.stream.end(body)
    this.#awaitReader()
    this.#giveUpBody()
  }

  dismiss(): void {
    this.#dismiss()
  }

  destroy(): void {
    this.#isBroken = true
    this.#body?.destroy()
    // `close` would end the answer in good order before it resets the stream.
    this.stream.destroy(new BrokenOff())
  }

  #takeWhole({ bytesMax }: BodyOptions): Buffer | null {
    const whole: Buffer | null = this.stream.read()
    // Lets the stream notice its end.
    this.stream.resume()
    this.bytesIn = whole?.length ?? 0
    if (this.bytesIn <= bytesMax) return whole
    throw refusal('body_too_large', `The request body is larger than ${bytesMax} bytes.`)
  }

  #respond(endStream: boolean): void {
    const { stream } = this
    const head = this.#pendingHead
    if (head === null) return
    this.#pendingHead = null
    if (this.gone || stream.destroyed || stream.closed) return
    const isOver = endStream || !this.#hasBody
    // An answer of known length has no trailers.
    const waitForTrailers = !isOver && (this.#trailers !== null || head['content-length'] === undefined)
    if (waitForTrailers) stream.once('wantTrailers', () => this.#sendTrailers())
    const options = { endStream: isOver, waitForTrailers }
    sendTolerantly(head, (sendable) => stream.respond(sendable, options))
  }

  #sendTrailers(): void {
    // Without any this ends the stream all the same.
    endWithTrailers(this.stream, this.#trailers ?? [])
  }

  /** The answer is whole while the request may not be: RFC 9113 §8.1 has the rest of it called off. */
  #giveUpBody(): void {
    const { stream } = this
    if (stream.endAfterHeaders || stream.readableEnded) return
    this.#body?.destroy()
    stream.resume()
    if (stream.writableFinished) callOff(stream)
    else stream.once('finish', () => callOff(stream))
  }

  /** What nobody reads must not keep its stream, and with it the connection, for ever. */
  #awaitReader(): void {
    if (this.stream.writableLength > 0) this.#stalled ??= setTimeout(() => this.destroy(), this.#idleMs)
  }

  #drained(): void {
    this.#clearStalled()
    this.producer?.callerDrained()
  }

  #clearStalled(): void {
    if (this.#stalled !== null) clearTimeout(this.#stalled)
    this.#stalled = null
  }

  #closed(): void {
    this.#clearStalled()
    if (this.gone || this.stream.writableFinished) return
    this.gone = true
    // What a reset cut short must not end like a whole body.
    this.#body?.destroy()
    // node keeps a stream that was closed without an error until somebody has read it.
    this.stream.resume()
    this.producer?.callerGone()
  }
}

/** True when every byte of the body is here. */
function hasArrived(stream: ServerHttp2Stream, bytesDeclared: number | null): boolean {
  if (bytesDeclared !== null) return stream.readableLength === bytesDeclared
  return stream.state.remoteClose === 1
}

function callOff(stream: Http2Stream): void {
  if (!stream.readableEnded && !stream.destroyed) stream.close(constants.NGHTTP2_NO_ERROR)
}

/** Called by nobody who could catch an error. */
function sendHead(exchange: Http2Exchange): void {
  try {
    exchange.flush()
  } catch {
    exchange.destroy()
  }
}

function ignoreError(): void {}
