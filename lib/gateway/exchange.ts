import type { Duplex, Readable } from 'node:stream'
import type { Peer } from '@/lib/gateway/peer.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/**
 * One request and the way to answer it, whichever door it came through: a socket of a listener or the
 * embedded web handler. Calls to the answering half come in the order start, write…, end; or destroy at any time.
 */
export interface Exchange {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly peer: Peer
  /** `1.0`, `1.1` or `2.0`. */
  readonly httpVersion: string
  readonly method: string
  /** The request target exactly as sent. */
  readonly target: string
  /** Names and values in turn, exactly as sent. */
  readonly rawHeaders: readonly string[]
  /** True for a WebSocket handshake: an HTTP/1.1 upgrade or an extended CONNECT (RFC 8441). */
  readonly isUpgrade: boolean
  /** Body bytes taken so far. */
  readonly bytesIn: number

  /** What has arrived whole comes as a Buffer (so that an attempt can be repeated), the rest as a stream. */
  takeBody(options: BodyOptions): Buffer | Readable | null

  /** Trailers of the request, names and values in turn; null until its body has ended, or where there are none. */
  readonly requestTrailers: readonly string[] | null

  /** False until an answer has begun. */
  readonly started: boolean
  /** True once the caller has gone without the whole answer. */
  readonly gone: boolean
  /** An interim answer, such as 103 Early Hints; only before `start`. */
  inform(status: number, headers: string[]): void
  start(status: number, statusMessage: string, headers: string[]): void
  /** False asks the producer to wait until it is told that there is room. */
  write(chunk: Buffer): boolean
  end(trailers: string[] | null): void
  /** A complete, short answer made here. */
  answer(status: number, headers: string[], body: Buffer): void
  /** Breaks the connection, so that half an answer never looks whole. */
  destroy(): void
  /** The answer that follows is the last on its connection. Only where there is one to close. */
  dismiss?(): void
  /** Only where `isUpgrade`: hands over both raw byte streams after a 101. */
  switchProtocols?(upgrade: ProtocolSwitch): void

  /**
   * Whoever produces the answer at the moment. An object and not a pair of functions: closures made for each request
   * and kept in long-lived objects carry requests that are over into the old generation.
   */
  producer: AnswerProducer | null
}

/** What an exchange tells whoever produces its answer. */
export interface AnswerProducer {
  /** There is room for more, after a write that said there was none. */
  callerDrained(): void
  /** The caller has gone without the whole answer. */
  callerGone(): void
}

export interface BodyOptions {
  /** `Content-Length`, null without. */
  readonly bytesDeclared: number | null
  readonly bytesMax: number
  /** Silence from the caller within the body. */
  readonly idleMs: number
}

export interface ProtocolSwitch {
  readonly headers: string[]
  readonly upstream: Duplex
  readonly idleMs: number
  onClosed(bytes: { in: number; out: number }): void
}
