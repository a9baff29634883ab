import { isUtf8 } from 'node:buffer'
import { refusal } from '@/lib/gateway/error.ts'
import type { AnswerProducer, BodyOptions, Exchange } from '@/lib/gateway/exchange.ts'
import { Peer } from '@/lib/gateway/peer.ts'
import { fieldOf } from '@/lib/gateway/raw-fields.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'
import type { EventLines, LinesOwner } from './event-lines.ts'
import { FinishReader } from './finish-reader.ts'
import { type FrameSplitter, splitterFor } from './frame-splitter.ts'
import type { Redactor } from './redactor.ts'
import { showHeaders } from './shown-request.ts'

/** A request of the console's own, whole. */
export interface DebugRequest {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** Names and values in turn, `host` among them. */
  readonly headers: readonly string[]
  readonly body: Buffer | null
  readonly clientAddress: string
}

export interface DebugExchangeParts {
  readonly lines: EventLines
  readonly redactor: Redactor
  /** Milliseconds since the gateway took the request. */
  readonly now: () => number
}

/** The Debug panel's exchange: what the caller would get becomes events, at the pace of whoever reads them. */
export class DebugExchange implements Exchange, LinesOwner {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly peer: Peer
  readonly httpVersion = '1.1'
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly isUpgrade = false
  readonly requestTrailers = null
  readonly finish = new FinishReader()
  producer: AnswerProducer | null = null
  started = false
  gone = false
  /** The caller was told that all is well. */
  hasBegunWell = false
  /** The answer ended before it was whole. */
  isBroken = false
  bytesIn = 0
  readonly #body: Buffer | null
  readonly #parts: DebugExchangeParts
  #splitter: FrameSplitter | null = null
  #isOver = false

  constructor(request: DebugRequest, parts: DebugExchangeParts) {
    this.side = request.side
    this.scheme = request.scheme
    this.peer = new Peer(request.clientAddress)
    this.method = request.method
    this.target = request.target
    this.rawHeaders = request.headers
    this.#body = request.body
    this.#parts = parts
  }

  takeBody({ bytesMax }: BodyOptions): Buffer | null {
    const body = this.#body
    if (body === null) return null
    this.bytesIn = body.length
    if (body.length > bytesMax) {
      throw refusal('body_too_large', `The request body is larger than ${bytesMax} bytes.`)
    }
    return body
  }

  /** Interim answers say nothing of the answer. */
  inform(): void {}

  start(status: number, _statusMessage: string, headers: string[]): void {
    const { lines, redactor, now } = this.#parts
    this.started = true
    this.hasBegunWell = status < 400
    this.#splitter = splitterFor(fieldOf(headers, 'content-type') ?? '', redactor)
    lines.write({ type: 'head', atMs: now(), status, headers: showHeaders(headers, redactor) })
  }

  write(chunk: Buffer): boolean {
    return this.gone || this.#tell(this.#splitter?.push(chunk) ?? [])
  }

  end(): void {
    this.#isOver = true
    this.#tell(this.#splitter?.end() ?? [])
  }

  answer(status: number, headers: string[], body: Buffer): void {
    this.start(status, '', headers)
    this.write(body)
    this.end()
  }

  destroy(): void {
    if (this.#isOver) return
    this.isBroken = this.started
    this.end()
  }

  drained(): void {
    this.producer?.callerDrained()
  }

  left(): void {
    if (this.#isOver || this.gone) return
    this.gone = true
    this.producer?.callerGone()
  }

  #tell(frames: readonly Buffer[]): boolean {
    const { lines, now } = this.#parts
    let hasRoom = true
    for (const frame of frames) {
      this.finish.push(frame)
      const encoding = isUtf8(frame) ? 'text' : 'base64'
      const content = frame.toString(encoding === 'text' ? 'utf8' : 'base64')
      hasRoom = lines.write({ type: 'frame', atMs: now(), bytes: frame.length, encoding, content })
    }
    return hasRoom
  }
}
