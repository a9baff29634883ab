import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'

/** undici's own, and what only HTTP/2 can send. */
export interface UpstreamRequest extends Dispatcher.DispatchOptions {
  /** Asked once the body has ended: names and values in turn. HTTP/1.1 upstreams get none. */
  readonly trailers?: () => readonly string[] | null
}

/** Names and values in turn: bytes as the HTTP/1.1 parser cut them, text from HTTP/2. */
export type RawFields = readonly (Buffer | string)[]

/** undici's raw callbacks, which hand over unparsed headers. */
export interface UpstreamHandler {
  /** The request goes out. An error before means that nothing was sent. */
  onConnect(abort: (error?: Error) => void): void
  /** Interim answers (1xx) come this way too. False pauses until `resume`, as it does from `onData`. */
  onHeaders(status: number, raw: RawFields, resume: () => void, statusMessage: string): boolean
  onData(chunk: Buffer): boolean
  onComplete(trailers: RawFields | null): void
  onUpgrade(status: number, raw: RawFields | null, upstream: Duplex): void
  onError(error: Error): void
}

/** Connections of one HTTP version to one origin. */
export interface Upstream {
  dispatch(request: UpstreamRequest, handler: UpstreamHandler): boolean
}
