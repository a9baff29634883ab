import type { Duplex, Readable } from 'node:stream'
import type { RawFields } from '@/lib/gateway/raw-fields.ts'

/** One request for an instance. */
export interface UpstreamRequest {
  readonly method: string
  /** Path and query, as they are to arrive. */
  readonly path: string
  /** Names and values in turn: end-to-end only, without `Host` and without framing. */
  readonly headers: readonly string[]
  readonly body: Buffer | Readable | null
  /** Of a streamed body whose length is known. Bytes. */
  readonly contentLength: number | null
  /** True for a WebSocket handshake, which is always that of HTTP/1.1. */
  readonly isUpgrade: boolean
  /** Silence within the answer's body. Milliseconds. */
  readonly bodyTimeoutMs: number
  /** Asked once a streamed body of unknown length has ended: names and values in turn. */
  readonly trailers: (() => readonly string[] | null) | null
}

/**
 * Who takes an answer. Calls come in this order, each in the tick in which the bytes arrived: `onConnect`,
 * `onHeaders` for each interim answer and then for the final one, `onData`…, and one of `onComplete`, `onUpgrade`
 * and `onError`; nothing after that.
 */
export interface UpstreamHandler {
  /** A connection is there and the request goes out now, unless it is aborted. An error before means that nothing was sent. */
  onConnect(abort: (reason: Error) => void): void
  onHeaders(status: number, raw: RawFields, resume: () => void, statusMessage: string): void
  /** False pauses the answer until `resume` is called. */
  onData(chunk: Buffer): boolean
  onComplete(trailers: RawFields | null): void
  onUpgrade(status: number, raw: RawFields, upstream: Duplex): void
  onError(error: Error): void
}

/** Connections of one HTTP version to one origin. */
export interface Upstream {
  /** Never throws: whatever goes wrong is told to the handler. */
  dispatch(request: UpstreamRequest, handler: UpstreamHandler): void
}
