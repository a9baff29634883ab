import { STATUS_CODES } from 'node:http'
import type { Readable } from 'node:stream'
import type { AnswerProducer, BodyOptions, Exchange, ProtocolSwitch } from '@/lib/gateway/exchange.ts'
import { ticksOf } from '@/lib/gateway/http1/ticks.ts'
import { type BodySource, bodyTooLarge, Http1Body } from '@/lib/gateway/listener/http1/http1-body.ts'
import { chunked, type RequestHead } from '@/lib/gateway/listener/http1/request-head.ts'
import { writeFields, writeResponseHead } from '@/lib/gateway/listener/http1/response-head.ts'
import type { AnsweredConnection } from '@/lib/gateway/listener/http1/server-state.ts'
import { openTunnel } from '@/lib/gateway/listener/tunnel.ts'
import type { Peer } from '@/lib/gateway/peer.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/** A body whose rest is no longer wanted is read to its end where it is this small, which keeps the connection. */
const smallBodyBytes = 65_536
/** What is read ahead of whoever takes the body. */
const bodyWindowBytes = 65_536

/** How the end of the answer's body is told. `none`: the answer has no body, whatever its headers say. */
type Framing = 'none' | 'length' | 'chunked' | 'close'

/** One request of a connection, and its answer. */
export class Http1Exchange implements Exchange, BodySource {
  readonly #connection: AnsweredConnection
  readonly #head: RequestHead
  #early: Buffer[] | null = null
  #earlyBytes = 0
  #body: Http1Body | null = null
  #bodyIdleTicks = 0
  #isBodyUnwanted = false
  #isReceived: boolean
  #awaitsContinue: boolean
  #framing: Framing = 'none'
  #bytesOwed = 0
  #mayKeepAlive: boolean
  #hasEnded = false
  started = false
  gone = false
  bytesIn = 0
  requestTrailers: readonly string[] | null = null
  producer: AnswerProducer | null = null

  constructor(connection: AnsweredConnection, head: RequestHead) {
    this.#connection = connection
    this.#head = head
    this.#isReceived = head.bodyLength === 0
    this.#awaitsContinue = head.awaitsContinue
    // A caller whose handshake was refused may already have sent what is no request.
    this.#mayKeepAlive = head.mayKeepAlive && !head.isWebSocket
  }

  get side(): GatewaySide {
    return this.#connection.server.side
  }

  get scheme(): 'http' | 'https' {
    return this.#connection.scheme
  }

  get peer(): Peer {
    return this.#connection.peer
  }

  get httpVersion(): string {
    return this.#head.version
  }

  get method(): string {
    return this.#head.method
  }

  get target(): string {
    return this.#head.target
  }

  get rawHeaders(): readonly string[] {
    return this.#head.rawHeaders
  }

  get isUpgrade(): boolean {
    return this.#head.isWebSocket
  }

  takeBody({ bytesMax, idleMs }: BodyOptions): Buffer | Readable | null {
    const early = this.#early
    this.#early = null
    if (this.#isReceived) {
      if (early === null) return null
      if (this.#earlyBytes > bytesMax) throw bodyTooLarge(bytesMax)
      this.bytesIn = this.#earlyBytes
      return early.length === 1 ? (early[0] as Buffer) : Buffer.concat(early)
    }
    if (this.#awaitsContinue && early === null) {
      this.#connection.outbox.addText('HTTP/1.1 100 Continue\r\n\r\n')
      this.#connection.outbox.flush()
    }
    this.#awaitsContinue = false
    const body = new Http1Body(this, bytesMax, bodyWindowBytes)
    this.#body = body
    this.#bodyIdleTicks = ticksOf(idleMs)
    for (const chunk of early ?? []) this.receive(chunk)
    return body
  }

  /** From the connection: bytes of the body. */
  receive(chunk: Buffer): void {
    if (this.#isBodyUnwanted || chunk.length === 0) return
    const connection = this.#connection
    const body = this.#body
    if (body !== null) {
      this.bytesIn += chunk.length
      connection.readDeadline = connection.server.tick + this.#bodyIdleTicks
      body.receive(chunk)
      return
    }
    if (this.#early === null) this.#early = [chunk]
    else this.#early.push(chunk)
    this.#earlyBytes += chunk.length
    if (this.#earlyBytes >= bodyWindowBytes) connection.pause()
  }

  /** From the connection: the body's end. */
  received(trailers: string[] | null): void {
    this.#isReceived = true
    this.requestTrailers = trailers
    this.#body?.finish()
  }

  /** From the connection: the body stopped arriving. */
  stopped(): void {
    this.#body?.stopped()
  }

  resume(): void {
    if (this.#isReceived) return
    const connection = this.#connection
    connection.readDeadline = connection.server.tick + this.#bodyIdleTicks
    connection.resume()
  }

  pause(): void {
    if (this.#isReceived) return
    this.#connection.readDeadline = 0
    this.#connection.pause()
  }

  release(): void {
    this.#isBodyUnwanted = true
    // What comes from now on is of no use before there is an answer that says so.
    if (!this.#hasEnded) this.pause()
  }

  inform(status: number, headers: string[]): void {
    if (this.started || this.gone || this.#head.version === '1.0' || status <= 101 || status > 199) return
    const { text } = writeResponseHead(status, STATUS_CODES[status] ?? '', headers, '')
    this.#connection.outbox.addText(`${text}\r\n`)
    this.#connection.send()
  }

  start(status: number, statusMessage: string, headers: string[]): void {
    if (this.gone || this.#hasEnded) return
    this.#writeHead(status, statusMessage, headers)
    this.#connection.send()
  }

  write(chunk: Buffer): boolean {
    if (this.gone || this.#hasEnded || chunk.length === 0) return true
    const { outbox } = this.#connection
    switch (this.#framing) {
      case 'none':
        return true
      case 'chunked':
        outbox.addText(`${chunk.length.toString(16)}\r\n`)
        outbox.addBytes(chunk)
        outbox.addText('\r\n')
        break
      case 'length':
        this.#bytesOwed -= chunk.length
        if (this.#bytesOwed < 0) {
          this.destroy()
          return true
        }
        outbox.addBytes(chunk)
        break
      case 'close':
        outbox.addBytes(chunk)
    }
    return this.#connection.send()
  }

  end(trailers: string[] | null): void {
    if (this.gone || this.#hasEnded) return
    if (this.#framing === 'length' && this.#bytesOwed > 0) {
      this.destroy()
      return
    }
    if (this.#framing === 'chunked') this.#connection.outbox.addText(lastChunk(trailers))
    this.#finish(this.#mayKeepAlive)
  }

  answer(status: number, headers: string[], body: Buffer): void {
    if (this.gone || this.#hasEnded) return
    const isUnread = !this.#isReceived && (status === 408 || !this.#isRestSmall())
    if (isUnread) this.#mayKeepAlive = false
    this.#writeHead(status, STATUS_CODES[status] ?? '', headers)
    if (this.#framing !== 'none') this.#connection.outbox.addBytes(body)
    this.#finish(this.#mayKeepAlive)
  }

  dismiss(): void {
    this.#mayKeepAlive = false
  }

  destroy(): void {
    this.#connection.breakOff(this.#framing === 'close')
  }

  /** Nobody is left to answer here: the caller has gone, or the connection answers in its stead. */
  abandon(): void {
    if (this.gone || this.#hasEnded) return
    this.gone = true
    this.producer?.callerGone()
    this.#body?.broken()
  }

  switchProtocols({ headers, upstream, idleMs, onClosed }: ProtocolSwitch): void {
    const connection = this.#connection
    const { text } = writeResponseHead(101, 'Switching Protocols', headers, '')
    this.started = true
    this.#hasEnded = true
    connection.outbox.addText(`${text}connection: Upgrade\r\nupgrade: websocket\r\n\r\n`)
    openTunnel({
      caller: connection.socket,
      upstream,
      firstBytes: connection.detach(),
      idleMs,
      onBytesIn: (count) => {
        this.bytesIn += count
      },
      onClosed: (bytesOut) => onClosed({ in: this.bytesIn, out: bytesOut }),
    })
    connection.resume()
  }

  #writeHead(status: number, statusMessage: string, headers: readonly string[]): void {
    const { server, outbox } = this.#connection
    const head = writeResponseHead(status, statusMessage, headers, server.dateLine)
    this.started = true
    if (server.isDraining) this.#mayKeepAlive = false
    this.#framing = framingOf(this.#head, status, head.contentLength)
    this.#bytesOwed = head.contentLength ?? 0
    if (this.#framing === 'close') this.#mayKeepAlive = false
    const coding = this.#framing === 'chunked' ? 'transfer-encoding: chunked\r\n' : ''
    outbox.addText(`${head.text}${coding}${this.#connectionLine()}\r\n`)
  }

  /** HTTP/1.1 stays open and HTTP/1.0 closes unless told otherwise. */
  #connectionLine(): string {
    if (!this.#mayKeepAlive) return 'connection: close\r\n'
    return this.#head.version === '1.0' ? 'connection: keep-alive\r\n' : ''
  }

  #finish(mayKeepAlive: boolean): void {
    this.#hasEnded = true
    this.#isBodyUnwanted = true
    this.#early = null
    if (!this.#isReceived) this.#body?.destroy()
    this.#connection.answered(mayKeepAlive)
  }

  /** What little is missing of a small body can be skipped. */
  #isRestSmall(): boolean {
    const { bodyLength } = this.#head
    return bodyLength !== chunked && bodyLength <= smallBodyBytes && !this.#awaitsContinue
  }
}

function framingOf(head: RequestHead, status: number, contentLength: number | null): Framing {
  if (head.method === 'HEAD' || status === 204 || status === 304) return 'none'
  if (contentLength !== null) return 'length'
  return head.version === '1.1' ? 'chunked' : 'close'
}

function lastChunk(trailers: readonly string[] | null): string {
  return trailers === null ? '0\r\n\r\n' : `0\r\n${writeFields(trailers)}\r\n`
}
