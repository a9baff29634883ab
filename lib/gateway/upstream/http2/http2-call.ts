import { type ClientHttp2Stream, constants, type OutgoingHttpHeaders } from 'node:http2'
import type { Readable } from 'node:stream'
import { errors } from 'undici'
import { endWithTrailers, toHttp2Headers } from '@/lib/gateway/http2-headers.ts'
import { RequestRefused } from '@/lib/gateway/upstream/http2/request-refused.ts'
import type { UpstreamSession } from '@/lib/gateway/upstream/http2/upstream-session.ts'
import type { UpstreamHandler, UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'

const { NGHTTP2_CANCEL, NGHTTP2_FLAG_END_STREAM, NGHTTP2_NO_ERROR, NGHTTP2_REFUSED_STREAM } = constants

/** One request and its answer on one stream of an instance. */
export class Http2Call {
  readonly #request: UpstreamRequest
  readonly #handler: UpstreamHandler
  readonly #origin: URL
  #session: UpstreamSession | null = null
  #stream: ClientHttp2Stream | null = null
  #trailers: string[] | null = null
  #error: Error | null = null
  #idle: NodeJS.Timeout | undefined
  #hasAnswer = false
  #hasEnd = false
  /** Of a declared length; a reset without an error code is told from an end by nothing else. */
  #bytesMissing = 0
  #isOver = false

  constructor(request: UpstreamRequest, handler: UpstreamHandler, origin: URL) {
    this.#request = request
    this.#handler = handler
    this.#origin = origin
  }

  open(session: UpstreamSession): void {
    this.#session = session
    this.#handler.onConnect((error) => this.#abort(error ?? new errors.RequestAbortedError()))
    if (this.#isOver) return
    const { body } = this.#request
    const isStreamed = body !== null && !Buffer.isBuffer(body)
    let stream: ClientHttp2Stream
    try {
      stream = session.request(this.#headers(), {
        endStream: body === null,
        // Without it, node would end the body in good order before it resets the stream.
        waitForTrailers: isStreamed,
      })
    } catch (error) {
      this.fail(session.isUsable ? new errors.InvalidArgumentError(String(error)) : refusedBy(error))
      return
    }
    this.#stream = stream
    this.#listen(stream)
    if (Buffer.isBuffer(body)) stream.end(body)
    else if (isStreamed) this.#send(body as Readable, stream)
  }

  /** Also before there is a stream. */
  fail(error: Error): void {
    if (this.#isOver) return
    this.#end()
    this.#handler.onError(error)
  }

  #headers(): OutgoingHttpHeaders {
    const { path, method, headers, body, contentLength } = this.#request
    const all = toHttp2Headers(headers)
    all[':method'] = method
    all[':path'] = path
    all[':scheme'] = this.#origin.protocol.slice(0, -1)
    all[':authority'] = this.#origin.host
    const length = Buffer.isBuffer(body) ? body.length : body === null ? null : contentLength
    if (length !== null) all['content-length'] = String(length)
    return all
  }

  #listen(stream: ClientHttp2Stream): void {
    stream.on('headers', (headers, _flags, raw?: string[]) => {
      try {
        if (!this.#isOver) this.#handler.onHeaders(statusOf(headers), fieldsOf(raw), ignoreResume, '')
      } catch (error) {
        this.#abort(asError(error))
      }
    })
    stream.on('response', (headers, flags, raw?: string[]) => {
      const isWhole = (flags & NGHTTP2_FLAG_END_STREAM) !== 0
      if (!isWhole) this.#bytesMissing = Number(headers['content-length'] ?? 0)
      this.#answered(stream, statusOf(headers), fieldsOf(raw), isWhole)
    })
    stream.on('data', (chunk: Buffer) => {
      this.#heard()
      this.#bytesMissing -= chunk.length
      try {
        if (!this.#isOver && this.#handler.onData(chunk) === false) stream.pause()
      } catch (error) {
        this.#abort(asError(error))
      }
    })
    stream.on('trailers', (_headers, _flags, raw?: string[]) => {
      this.#trailers = raw ?? null
    })
    stream.on('wantTrailers', () => {
      endWithTrailers(stream, this.#request.trailers?.() ?? [])
    })
    stream.on('end', () => {
      this.#hasEnd = true
      this.#conclude(stream)
    })
    stream.on('error', (error) => {
      this.#error = error
    })
    stream.on('close', () => {
      this.#session?.left()
      this.#conclude(stream)
    })
  }

  #conclude(stream: ClientHttp2Stream): void {
    if (this.#isOver) return
    const isWhole = this.#hasEnd && this.#hasAnswer && this.#bytesMissing <= 0
    if (isWhole && stream.rstCode === NGHTTP2_NO_ERROR) this.#complete()
    else this.fail(this.#closeError(stream))
  }

  #answered(stream: ClientHttp2Stream, status: number, fields: string[], isWhole: boolean): void {
    if (this.#isOver) return
    this.#hasAnswer = true
    this.#heard()
    const resume = () => {
      this.#heard()
      stream.resume()
    }
    try {
      this.#handler.onHeaders(status, fields, resume, '')
    } catch (error) {
      this.#abort(asError(error))
      return
    }
    // gRPC's trailers-only answers must stay what they are, so their end comes with them.
    if (isWhole) this.#complete()
  }

  #send(body: Readable, stream: ClientHttp2Stream): void {
    body.on('data', (chunk: Buffer) => {
      if (stream.writable && !stream.write(chunk)) body.pause()
    })
    body.on('end', () => {
      if (stream.writable) stream.end()
    })
    body.on('error', (error) => this.#abort(error))
    stream.on('drain', () => body.resume())
  }

  #complete(): void {
    if (this.#isOver) return
    this.#end()
    try {
      this.#handler.onComplete(this.#trailers ?? [])
    } catch (error) {
      this.#handler.onError(asError(error))
    }
    const { body } = this.#request
    const stream = this.#stream
    // RFC 9113 §8.1: whoever has answered need not read the rest of the request.
    if (body !== null && !Buffer.isBuffer(body) && stream?.writableEnded === false) {
      stream.close(NGHTTP2_CANCEL)
    }
  }

  #abort(reason: Error): void {
    if (this.#isOver) return
    this.#stream?.close(NGHTTP2_CANCEL)
    if (!this.#hasAnswer) this.#session?.unanswered()
    this.fail(reason)
  }

  /** Silence counts from the first byte of the answer, and only while the caller is not the slow one. */
  #heard(): void {
    this.#session?.heard()
    if (this.#isOver) return
    if (this.#idle !== undefined) this.#idle.refresh()
    else this.#idle = setTimeout(() => this.#silent(), this.#request.bodyTimeoutMs)
  }

  #silent(): void {
    if (this.#stream?.isPaused() === true) this.#idle?.refresh()
    else this.#abort(new errors.BodyTimeoutError())
  }

  #closeError(stream: ClientHttp2Stream): Error {
    if (stream.rstCode === NGHTTP2_REFUSED_STREAM || this.#session?.hasLeftOut(stream.id) === true) {
      return refusedBy(this.#error)
    }
    return new errors.SocketError(this.#error?.message ?? `The stream was reset with code ${stream.rstCode}.`)
  }

  #end(): void {
    this.#isOver = true
    clearTimeout(this.#idle)
  }
}

function refusedBy(cause: unknown): RequestRefused {
  return new RequestRefused('The instance did not take the request.', { cause })
}

function statusOf(headers: { ':status'?: number | undefined }): number {
  return headers[':status'] ?? 0
}

/** Without pseudo headers. */
function fieldsOf(raw: readonly string[] | undefined): string[] {
  const fields: string[] = []
  for (let index = 0; raw !== undefined && index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    if (name.charCodeAt(0) !== 58) fields.push(name, raw[index + 1] as string)
  }
  return fields
}

/** What the taker of the answer throws must not leave the event that called it: it ends this call alone. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

function ignoreResume(): void {}
