import type { Socket } from 'node:net'
import { ChunkedDecoder } from '@/lib/gateway/http1/chunked-decoder.ts'
import { GrowingBytes } from '@/lib/gateway/http1/growing-bytes.ts'
import { ticksOf } from '@/lib/gateway/http1/ticks.ts'
import type { UpstreamHandler, UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { type AnswerHead, chunked, readAnswerHead, untilClose } from './answer-head.ts'
import { BodySender } from './body-sender.ts'
import type { ConnectionOwner } from './connection-owner.ts'
import { UpstreamError } from './upstream-error.ts'

/** Up to here a body is copied beside its head, which costs less than a vector of writes. */
const copiedBytesMax = 4_096
const trailerBytesMax = 65_536

/** `gone`: closed, or its bytes belong to a tunnel. */
type Phase = 'idle' | 'head' | 'body' | 'gone'

/** One connection to an instance: sends one request at a time and cuts the answer out of what comes back. */
export class UpstreamConnection {
  readonly socket: Socket
  readonly #pool: ConnectionOwner<UpstreamConnection>
  #phase: Phase = 'idle'
  #handler: UpstreamHandler | null = null
  #request: UpstreamRequest | null = null
  #sender: BodySender | null = null
  #partialHead: GrowingBytes | null = null
  #decoder: ChunkedDecoder | null = null
  #bytesLeft = 0
  #mayReuse = false
  #isPaused = false
  #hasAnswered = false
  #served = 0
  #error: Error | null = null
  #bodyTimeoutTicks = 0
  #lastByteTick = 0
  #idleTicks: number
  #idleUntilTick = 0

  constructor(pool: ConnectionOwner<UpstreamConnection>, socket: Socket) {
    this.#pool = pool
    this.socket = socket
    this.#idleTicks = pool.idleTicks
    socket.setNoDelay(true)
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('error', this.#onError)
    socket.on('close', this.#onClose)
  }

  get isUsable(): boolean {
    return this.#phase === 'idle' && this.socket.writable && !this.socket.readableEnded
  }

  /** `head` is the request's, written already. */
  send(request: UpstreamRequest, head: string, handler: UpstreamHandler): void {
    this.#handler = handler
    this.#request = request
    this.#phase = 'head'
    this.#hasAnswered = false
    handler.onConnect((reason) => {
      if (this.#handler === handler) this.#fail(reason)
    })
    if (this.#handler !== handler) return
    const { socket } = this
    const { body } = request
    if (body === null) socket.write(head, 'latin1')
    else if (!Buffer.isBuffer(body)) {
      socket.write(head, 'latin1')
      this.#sender = new BodySender(socket, body, request, this.#onSendFailed)
    } else if (body.length <= copiedBytesMax) socket.write(head + body.toString('latin1'), 'latin1')
    else {
      socket.cork()
      socket.write(head, 'latin1')
      socket.write(body)
      socket.uncork()
    }
  }

  /** Waits for its next request. */
  idle(tick: number): void {
    this.#idleUntilTick = tick + this.#idleTicks
  }

  checkDeadlines(tick: number): void {
    if (this.#phase === 'idle') {
      if (tick >= this.#idleUntilTick) this.close()
    } else if (this.#phase === 'body' && !this.#isPaused) {
      if (tick - this.#lastByteTick >= this.#bodyTimeoutTicks) {
        this.#fail(new UpstreamError('ANSWER_FELL_SILENT', 'The instance fell silent within its answer.'))
      }
    }
  }

  close(): void {
    this.#leave()
    this.socket.destroy()
  }

  /** Breaks the connection, and with it what is under way. */
  destroy(reason: Error): void {
    if (this.#handler === null) this.close()
    else this.#fail(reason)
  }

  readonly #onData = (bytes: Buffer): void => {
    this.#lastByteTick = this.#pool.tick
    try {
      if (this.#phase === 'body') this.#readBody(bytes, 0)
      else if (this.#phase === 'head') this.#readHead(bytes)
      // Nobody asked for these bytes, so nothing on this connection can be trusted.
      else this.close()
    } catch (thrown) {
      // The answer is one that its taker cannot pass on.
      this.#fail(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
  }

  #readHead(bytes: Buffer): void {
    this.#hasAnswered = true
    const partial = this.#partialHead
    if (partial !== null && !partial.append(bytes)) return
    const section = partial === null ? bytes : partial.bytes
    let at = 0
    for (;;) {
      const head = at === section.length ? 'incomplete' : readAnswerHead(section, at)
      if (head === 'incomplete') {
        if (partial === null || at > 0) {
          this.#partialHead = at === section.length ? null : new GrowingBytes(section.subarray(at))
        }
        return
      }
      // An interim answer that ends the connection leaves no room for the final one.
      const isFinal = typeof head !== 'string' && (head.status >= 200 || head.status === 101)
      if (head === 'malformed' || !(isFinal || head.mayKeepAlive)) {
        this.#fail(new UpstreamError('ANSWER_MALFORMED', 'The answer is not well-formed HTTP/1.1.'))
        return
      }
      at = head.end
      if (isFinal) {
        this.#partialHead = null
        this.#begin(head, section)
        // By now the connection may serve its next request, to which these bytes do not belong.
        return
      }
      const handler = this.#handler
      handler?.onHeaders(head.status, head.fields, this.#resume, head.statusMessage)
      if (this.#handler !== handler) return
    }
  }

  #begin(head: AnswerHead, section: Buffer): void {
    const handler = this.#handler
    const request = this.#request
    if (handler === null || request === null) return
    const { status } = head
    if (status === 101) {
      this.#upgrade(head, section)
      return
    }
    const length = bodyLengthOf(head, request.method)
    // A 204 that claims a body leaves it open where the next answer begins.
    const isClear = length !== untilClose && !(status === 204 && head.bodyLength > 0) && !request.isUpgrade
    this.#mayReuse = head.mayKeepAlive && isClear
    this.#idleTicks = this.#pool.idleTicksFor(head.keepAliveSeconds)
    this.#phase = 'body'
    this.#bytesLeft = length
    this.#decoder = length === chunked ? new ChunkedDecoder(this.#deliver, trailerBytesMax) : null
    this.#bodyTimeoutTicks = ticksOf(request.bodyTimeoutMs)
    handler.onHeaders(status, head.fields, this.#resume, head.statusMessage)
    if (this.#handler !== handler) return
    if (length === 0) this.#complete(null, head.end < section.length)
    else if (head.end < section.length) this.#readBody(section, head.end)
  }

  #readBody(bytes: Buffer, start: number): void {
    const handler = this.#handler
    const decoder = this.#decoder
    if (decoder !== null) {
      const end = decoder.take(bytes, start)
      if (this.#handler !== handler) return
      if (end === -1)
        this.#fail(new UpstreamError('ANSWER_MALFORMED', 'The chunks of the answer are malformed.'))
      else if (decoder.isDone) this.#complete(decoder.trailers, end < bytes.length)
      return
    }
    const end =
      this.#bytesLeft === untilClose ? bytes.length : Math.min(bytes.length, start + this.#bytesLeft)
    if (this.#bytesLeft !== untilClose) this.#bytesLeft -= end - start
    this.#deliver(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end))
    if (this.#bytesLeft === 0 && this.#handler === handler) this.#complete(null, end < bytes.length)
  }

  readonly #deliver = (chunk: Buffer): void => {
    if (this.#handler === null || this.#handler.onData(chunk) || this.#handler === null) return
    this.#isPaused = true
    this.socket.pause()
  }

  readonly #resume = (): void => {
    if (!this.#isPaused) return
    this.#isPaused = false
    this.#lastByteTick = this.#pool.tick
    this.socket.resume()
  }

  #complete(trailers: readonly string[] | null, hasMore: boolean): void {
    const handler = this.#handler
    if (handler === null) return
    const isSent = this.#sender === null || this.#sender.isDone
    this.#sender?.stop()
    this.#sender = null
    this.#decoder = null
    this.#request = null
    this.#handler = null
    this.#served += 1
    if (this.#mayReuse && isSent && !hasMore) {
      this.#phase = 'idle'
      this.#resume()
      this.#pool.release(this)
    } else this.close()
    try {
      handler.onComplete(trailers)
    } catch (thrown) {
      handler.onError(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
  }

  #upgrade(head: AnswerHead, section: Buffer): void {
    const handler = this.#handler
    if (handler === null || this.#request?.isUpgrade !== true) {
      this.#fail(
        new UpstreamError('ANSWER_MALFORMED', 'The instance switched to a protocol that nobody asked for.'),
      )
      return
    }
    const { socket } = this
    socket.off('data', this.#onData)
    socket.off('end', this.#onEnd)
    socket.off('error', this.#onError)
    socket.off('close', this.#onClose)
    if (head.end < section.length) socket.unshift(section.subarray(head.end))
    this.#leave()
    this.#handler = null
    handler.onUpgrade(head.status, head.fields, socket)
  }

  /** The request under way has failed, and the connection is of no use any more. */
  #fail(error: Error): void {
    const handler = this.#handler
    this.#handler = null
    this.#request = null
    this.#sender?.stop()
    this.#sender = null
    this.close()
    handler?.onError(error)
  }

  readonly #onSendFailed = (error: Error): void => this.#fail(error)

  readonly #onEnd = (): void => {
    if (this.#phase === 'body' && this.#bytesLeft === untilClose) this.#complete(null, false)
    else this.#brokeOff()
  }

  readonly #onError = (error: Error): void => {
    this.#error = error
  }

  readonly #onClose = (): void => this.#brokeOff()

  #brokeOff(): void {
    if (this.#handler === null) {
      this.close()
      return
    }
    const isStale = this.#served > 0 && !this.#hasAnswered
    const cause = this.#error === null ? {} : { cause: this.#error }
    this.#fail(
      new UpstreamError('ANSWER_BROKE_OFF', 'The instance closed the connection.', { ...cause, isStale }),
    )
  }

  #leave(): void {
    if (this.#phase === 'gone') return
    this.#phase = 'gone'
    this.#partialHead = null
    this.#decoder = null
    this.#pool.forget(this)
  }
}

function bodyLengthOf({ status, bodyLength }: AnswerHead, method: string): number {
  return method === 'HEAD' || status === 204 || status === 304 ? 0 : bodyLength
}
