import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { writeFields } from './request-head.ts'
import { UpstreamError } from './upstream-error.ts'

/** Sends a body that is still arriving, no faster than the instance takes it. */
export class BodySender {
  readonly #socket: Socket
  readonly #body: Readable
  readonly #bytesDeclared: number | null
  readonly #trailers: UpstreamRequest['trailers']
  readonly #onFailed: (error: Error) => void
  #bytesSent = 0
  isDone = false

  constructor(socket: Socket, body: Readable, request: UpstreamRequest, onFailed: (error: Error) => void) {
    this.#socket = socket
    this.#body = body
    this.#bytesDeclared = request.contentLength
    this.#trailers = request.trailers
    this.#onFailed = onFailed
    body.on('data', this.#onData)
    body.on('end', this.#onEnd)
    body.on('error', this.#onError)
    body.on('close', this.#onClose)
    socket.on('drain', this.#onDrain)
    if (body.destroyed && !body.readableEnded) process.nextTick(this.#onClose)
  }

  /** Gives the rest of the body up. */
  stop(): void {
    if (this.isDone) return
    this.#release()
    this.#body.destroy()
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#bytesSent += chunk.length
    const declared = this.#bytesDeclared
    if (declared !== null && this.#bytesSent > declared) {
      this.#fail(new UpstreamError('REQUEST_UNSENDABLE', 'The body is longer than its declared length.'))
      return
    }
    const socket = this.#socket
    if (declared !== null) socket.write(chunk)
    else {
      socket.cork()
      socket.write(`${chunk.length.toString(16)}\r\n`, 'latin1')
      socket.write(chunk)
      socket.write('\r\n', 'latin1')
      socket.uncork()
    }
    if (socket.writableNeedDrain) this.#body.pause()
  }

  readonly #onEnd = (): void => {
    if (this.#bytesDeclared !== null) {
      if (this.#bytesSent === this.#bytesDeclared) this.#finish()
      else
        this.#fail(new UpstreamError('REQUEST_UNSENDABLE', 'The body is shorter than its declared length.'))
      return
    }
    try {
      this.#socket.write(`0\r\n${writeFields(this.#trailers?.() ?? [])}\r\n`, 'latin1')
      this.#finish()
    } catch (error) {
      this.#fail(error as Error)
    }
  }

  readonly #onError = (error: Error): void => this.#fail(error)

  readonly #onClose = (): void => {
    if (!this.isDone) this.#fail(new UpstreamError('REQUEST_UNSENDABLE', 'The body broke off.'))
  }

  readonly #onDrain = (): void => {
    this.#body.resume()
  }

  #finish(): void {
    this.isDone = true
    this.#release()
  }

  #fail(error: Error): void {
    this.#release()
    this.#onFailed(error)
  }

  #release(): void {
    const body = this.#body
    body.off('data', this.#onData)
    body.off('end', this.#onEnd)
    body.off('error', this.#onError)
    body.off('close', this.#onClose)
    this.#socket.off('drain', this.#onDrain)
  }
}
