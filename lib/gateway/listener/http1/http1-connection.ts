import type { Socket } from 'node:net'
import { GrowingBytes } from '@/lib/gateway/http1/growing-bytes.ts'
import { BodyReader } from '@/lib/gateway/listener/http1/body-reader.ts'
import { Http1Exchange } from '@/lib/gateway/listener/http1/http1-exchange.ts'
import { Outbox } from '@/lib/gateway/listener/http1/outbox.ts'
import { type RawRefusal, rawAnswer, rawRefusal } from '@/lib/gateway/listener/http1/raw-answer.ts'
import {
  endOfEmptyLines,
  type RequestHead,
  readRequestHead,
} from '@/lib/gateway/listener/http1/request-head.ts'
import type {
  AnsweredConnection,
  ServedConnection,
  ServerState,
} from '@/lib/gateway/listener/http1/server-state.ts'
import type { Connection } from '@/lib/gateway/listener/protocol-server.ts'
import type { Peer } from '@/lib/gateway/peer.ts'

const nothing = Buffer.alloc(0)
/** Bytes of further requests that wait while one is answered; then the caller has to. */
const heldBytesMax = 16_384

/**
 * `head`: idle or within a request's head. `body`: within its body. `answering`: all of it is read.
 * `draining`: the answer has ended, the caller has yet to read it. `closing`: nothing is read any more.
 * `detached`: the bytes belong to a tunnel.
 */
type Phase = 'head' | 'body' | 'answering' | 'draining' | 'closing' | 'detached'

/** One caller's connection: cuts its bytes into requests, one at a time, and answers them in order. */
export class Http1Connection implements ServedConnection, AnsweredConnection {
  readonly socket: Socket
  readonly server: ServerState
  readonly peer: Peer
  readonly scheme: 'http' | 'https'
  readonly outbox: Outbox
  readonly #transport: Socket
  #phase: Phase = 'head'
  #exchange: Http1Exchange | null = null
  #isAnswered = false
  #partialHead: GrowingBytes | null = null
  #body: BodyReader | null = null
  #held: Buffer = nothing
  #isReading = false
  #isPaused = false
  #isFlushDue = false
  /** Ticks; 0 for none. */
  readDeadline: number
  writeDeadline = 0

  constructor(server: ServerState, { socket, transport, peer, scheme }: Connection) {
    this.server = server
    this.socket = socket
    this.#transport = transport
    this.peer = peer
    this.scheme = scheme
    this.outbox = new Outbox(socket)
    this.readDeadline = server.tick + server.idleTicks
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('drain', this.#onDrain)
    socket.on('close', this.#onClose)
  }

  closeIfStillIdle(): void {
    if (this.#phase !== 'head' || this.#partialHead !== null) return
    this.readDeadline = Math.min(this.readDeadline, this.server.tick + this.server.drainIdleTicks)
  }

  checkDeadlines(tick: number): void {
    if (this.writeDeadline !== 0 && tick >= this.writeDeadline) this.socket.destroy()
    else if (this.readDeadline !== 0 && tick >= this.readDeadline) this.#readTimedOut()
  }

  pause(): void {
    if (this.#isPaused) return
    this.#isPaused = true
    this.socket.pause()
  }

  resume(): void {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.socket.resume()
  }

  send(): boolean {
    if (this.outbox.isFull) this.outbox.flush()
    else if (!this.#isFlushDue && !this.outbox.isEmpty) {
      this.#isFlushDue = true
      this.server.flushSoon(this)
    }
    const { socket } = this
    // node asks for a pause even where the kernel has taken everything in the meantime.
    const isOpen = !socket.writableNeedDrain || socket.writableLength === 0
    if (!isOpen) this.writeDeadline = this.server.tick + this.server.idleTicks
    return isOpen
  }

  flush(): void {
    this.#isFlushDue = false
    this.outbox.flush()
  }

  breakOff(isEndMeaningful: boolean): void {
    this.outbox.discard()
    if (isEndMeaningful) this.#transport.resetAndDestroy()
    else this.socket.destroy()
  }

  answered(mayKeepAlive: boolean): void {
    this.outbox.flush()
    this.#isAnswered = true
    if (!mayKeepAlive) this.#close()
    else if (this.#phase === 'body') {
      this.readDeadline = this.server.tick + this.server.lingerTicks
      this.resume()
    } else this.#next()
  }

  detach(): Buffer {
    this.outbox.flush()
    this.#phase = 'detached'
    this.readDeadline = 0
    this.writeDeadline = 0
    const { socket } = this
    socket.off('data', this.#onData)
    socket.off('end', this.#onEnd)
    socket.off('drain', this.#onDrain)
    this.#exchange = null
    return this.#held
  }

  readonly #onData = (bytes: Buffer): void => {
    if (this.#phase === 'head') this.read(bytes)
    else if (this.#phase === 'body') {
      const end = this.#takeBody(bytes, 0)
      if (end === -1) this.#bodyBroke()
      else if (end < bytes.length) this.read(bytes.subarray(end))
    } else if (this.#phase !== 'closing') this.#hold(bytes)
  }

  /** Reads requests for as long as each is answered at once. */
  read(bytes: Buffer): void {
    let rest = bytes
    this.#isReading = true
    while (rest.length > 0 && this.#phase === 'head') rest = this.#readRequest(rest)
    this.#isReading = false
    if (rest.length > 0 && this.#phase !== 'closing') this.#hold(rest)
  }

  #readRequest(bytes: Buffer): Buffer {
    const partial = this.#partialHead
    if (partial !== null && !partial.append(bytes)) return nothing
    const section = partial === null ? bytes : partial.bytes
    const start = endOfEmptyLines(section)
    if (start === section.length) {
      this.#partialHead = null
      return nothing
    }
    const head = readRequestHead(section, start, section.length, this.server.limits)
    if (head === 'incomplete') {
      if (partial === null) this.readDeadline = this.server.tick + this.server.headersTicks
      this.#partialHead ??= new GrowingBytes(section.subarray(start))
      return nothing
    }
    this.#partialHead = null
    if (typeof head === 'string') return this.#refuse(head)
    if (head.method === 'CONNECT') return this.#refuse('method_not_supported')
    return this.#begin(head, section)
  }

  #begin(head: RequestHead, section: Buffer): Buffer {
    const exchange = new Http1Exchange(this, head)
    this.#exchange = exchange
    this.#isAnswered = false
    this.readDeadline = 0
    let end = head.end
    if (head.bodyLength === 0) this.#phase = 'answering'
    else {
      this.#phase = 'body'
      const { headerBytesMax } = this.server.limits
      this.#body = new BodyReader(head.bodyLength, headerBytesMax, (data) => exchange.receive(data))
      if (end < section.length) end = this.#takeBody(section, end)
      if (end === -1) return this.#refuse('malformed_request')
    }
    this.server.requests.handle(exchange)
    return end === section.length ? nothing : section.subarray(end)
  }

  /** Returns the offset behind the last byte of the body in `bytes`, or -1 where its coding is broken. */
  #takeBody(bytes: Buffer, start: number): number {
    const body = this.#body
    if (body === null) return start
    const end = body.take(bytes, start)
    if (body.isDone) {
      this.#body = null
      this.#phase = 'answering'
      this.readDeadline = 0
      // Also while nothing more is wanted: a caller that leaves is noticed by reading.
      this.resume()
      this.#exchange?.received(body.trailers)
      if (this.#isAnswered) this.#next()
    }
    return end
  }

  #bodyBroke(): void {
    const exchange = this.#exchange
    if (exchange === null || this.#isAnswered) this.#close()
    else if (exchange.started) this.breakOff(false)
    else {
      exchange.abandon()
      this.#refuse('malformed_request')
    }
  }

  #next(): void {
    this.#exchange = null
    if (this.socket.writableNeedDrain && this.socket.writableLength > 0) {
      this.#phase = 'draining'
      this.writeDeadline = this.server.tick + this.server.idleTicks
      return
    }
    this.#phase = 'head'
    this.readDeadline = this.server.tick + this.server.idleTicks
    // The answer promised to take another request, and that one may be on its way.
    if (this.server.isDraining) this.closeIfStillIdle()
    this.resume()
    if (this.#isReading || this.#held.length === 0) return
    const held = this.#held
    this.#held = nothing
    this.read(held)
  }

  #hold(bytes: Buffer): void {
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes])
    if (this.#held.length > heldBytesMax) this.pause()
  }

  /** Answers what never became a request, or no longer is one. */
  #refuse(code: RawRefusal): Buffer {
    const error = this.server.requests.accessRefusal(this.peer) ?? rawRefusal(code)
    this.server.requests.refused(error.code)
    this.outbox.addText(rawAnswer(error, this.server.dateLine))
    this.outbox.flush()
    this.#isAnswered = true
    this.#close()
    return nothing
  }

  /**
   * Ends the writing half and discards what still comes, for a moment: closing a socket that holds unread
   * bytes resets the connection, and the caller would lose the answer that tells it why (RFC 9112 §9.6).
   */
  #close(): void {
    this.#phase = 'closing'
    this.#exchange = null
    this.#held = nothing
    this.#body = null
    this.readDeadline = this.server.tick + this.server.lingerTicks
    this.writeDeadline = this.server.tick + this.server.idleTicks
    this.socket.end()
    this.resume()
  }

  #readTimedOut(): void {
    this.readDeadline = 0
    if (this.#phase === 'closing' && !this.socket.writableFinished) {
      this.readDeadline = this.server.tick + this.server.lingerTicks
    } else if (this.#phase === 'head' && this.#partialHead !== null) this.#refuse('request_timed_out')
    else if (this.#phase === 'body' && !this.#isAnswered) this.#exchange?.stopped()
    else this.socket.destroySoon()
  }

  readonly #onDrain = (): void => {
    if (this.#phase === 'closing') return
    this.writeDeadline = 0
    if (this.#phase === 'draining') this.#next()
    else this.#exchange?.producer?.callerDrained()
  }

  /** A caller that ends its half while it is owed an answer has left. */
  readonly #onEnd = (): void => {
    if (this.#exchange !== null && !this.#isAnswered) this.socket.destroy()
    else this.socket.end()
  }

  readonly #onClose = (): void => {
    const exchange = this.#exchange
    this.#exchange = null
    if (this.#phase !== 'detached') this.#phase = 'closing'
    this.outbox.discard()
    this.#held = nothing
    this.server.forget(this)
    if (exchange !== null && !this.#isAnswered) exchange.abandon()
  }
}
