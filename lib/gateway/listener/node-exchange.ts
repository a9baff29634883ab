import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import type { BodyOptions, Exchange } from '@/lib/gateway/exchange.ts'
import { discardThen } from '@/lib/gateway/listener/lingering-close.ts'
import { RequestBody } from '@/lib/gateway/stages/forward/request-body.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

export interface DoorState {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  /** True from the moment the node stops: answers then ask the caller to come back on a new connection. */
  isDraining: boolean
}

export interface ClientSocket extends Socket {
  isRefused?: boolean
  newestExchange?: NodeExchange | null
  /** node's own: the response being written to this socket. */
  _httpMessage?: ServerResponse | null
}

const smallBodyBytes = 65_536

/** The front door's exchange: a request of `node:http`. */
export class NodeExchange implements Exchange {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly isUpgrade = false
  started = false
  gone = false
  readonly requestTrailers = null
  bytesIn = 0
  onDrain: (() => void) | null = null
  onGone: (() => void) | null = null
  readonly #door: DoorState
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #idleMs: () => number
  #awaitsContinue: boolean
  #body: RequestBody | null = null
  #hasWritten = false
  #stalled: NodeJS.Timeout | null = null

  constructor(
    door: DoorState,
    request: IncomingMessage,
    response: ServerResponse,
    options: { awaitsContinue: boolean; idleMs: () => number },
  ) {
    this.#door = door
    this.side = door.side
    this.scheme = door.scheme
    this.#request = request
    this.#response = response
    this.#awaitsContinue = options.awaitsContinue
    this.#idleMs = options.idleMs
    response.on('error', ignoreError)
    response.on('close', () => this.#closed())
  }

  get peerAddress(): string {
    return this.#request.socket.remoteAddress ?? ''
  }

  get httpVersion(): string {
    return this.#request.httpVersion
  }

  get method(): string {
    return this.#request.method ?? ''
  }

  get target(): string {
    return this.#request.url ?? ''
  }

  get rawHeaders(): readonly string[] {
    return this.#request.rawHeaders
  }

  takeBody(options: BodyOptions): Buffer | Readable | null {
    const request = this.#request
    if (this.#awaitsContinue) {
      this.#awaitsContinue = false
      this.#response.writeContinue()
    }
    // node may yet have to notice the end of a body whose every byte is here.
    if (request.complete || request.readableLength === options.bytesDeclared) {
      const whole: Buffer | null = request.read()
      this.bytesIn = whole?.length ?? 0
      return whole
    }
    this.#body = new RequestBody(request, options, {
      onBytes: (count) => {
        this.bytesIn += count
      },
      onBroken: () => this.abandon(),
    })
    return this.#body
  }

  inform(): void {}

  start(status: number, statusMessage: string, headers: string[]): void {
    if (this.#door.isDraining) headers.push('connection', 'close')
    // Throws on a status or header that cannot be sent, and then nothing has started.
    this.#response.writeHead(status, statusMessage, headers)
    this.started = true
    // Headers share a packet with a body that comes in this tick, and do not wait for a later one.
    process.nextTick(flushHead, this)
  }

  /** Sends the headers on their own if nothing followed them. */
  flush(): void {
    if (!this.#hasWritten && !this.gone) this.#response.flushHeaders()
  }

  write(chunk: Buffer): boolean {
    if (this.gone || this.#response.destroyed) return true
    this.#hasWritten = true
    const isOpen = this.#response.write(chunk)
    if (!isOpen && !this.gone) this.#awaitDrain()
    return isOpen
  }

  end(trailers: string[] | null): void {
    const response = this.#response
    if (this.gone || response.destroyed) return
    if (trailers !== null && trailers.length > 0 && response.chunkedEncoding) {
      response.addTrailers(pairs(trailers))
    }
    this.#hasWritten = true
    response.end()
    if (!this.#request.complete) this.#giveUpBody()
  }

  answer(status: number, headers: string[], body: Buffer): void {
    this.started = true
    this.#hasWritten = true
    this.#body?.destroy()
    const isUnread = !this.#request.complete && (status === 408 || !this.#isRestSmall())
    if (isUnread || this.#door.isDraining) headers.push('connection', 'close')
    this.#response.writeHead(status, STATUS_CODES[status], headers)
    if (!isUnread) this.#response.end(body)
    else {
      this.#response.write(body)
      discardThen(this.#request, () => {
        if (!this.gone) this.#response.end()
      })
    }
  }

  destroy(): void {
    // Without a framing of its own, the end of the connection would look like the end of the answer.
    if (this.#request.httpVersion === '1.0') this.#request.socket.resetAndDestroy()
    else this.#response.destroy()
  }

  /** Nobody is left to answer here: the caller has gone, or the listener answers in its stead. */
  abandon(): void {
    if (this.gone) return
    this.gone = true
    this.onGone?.()
  }

  /** The answer is whole while the request is not: node discards the rest, for as long as we let it. */
  #giveUpBody(): void {
    this.#body?.destroy()
    const { socket } = this.#request
    discardThen(this.#request, () => {
      if (!this.#request.complete) socket.destroySoon()
    })
  }

  /** What little is missing of a small body can be skipped, which keeps the connection. */
  #isRestSmall(): boolean {
    const declared = this.#request.headers['content-length']
    return declared !== undefined && Number(declared) <= smallBodyBytes && !this.#awaitsContinue
  }

  #awaitDrain(): void {
    if (this.#stalled !== null) return
    this.#stalled = setTimeout(() => this.destroy(), this.#idleMs())
    this.#response.once('drain', () => {
      this.#clearStalled()
      this.onDrain?.()
    })
  }

  #clearStalled(): void {
    if (this.#stalled !== null) clearTimeout(this.#stalled)
    this.#stalled = null
  }

  #closed(): void {
    this.#clearStalled()
    const socket: ClientSocket = this.#request.socket
    // An idle connection must not hold its last request in memory.
    if (socket.newestExchange === this) socket.newestExchange = null
    if (this.#response.writableFinished) return
    this.abandon()
  }
}

/** A write that lost a race against the caller's leaving, which is noticed by itself. */
function ignoreError(): void {}

function flushHead(exchange: NodeExchange): void {
  exchange.flush()
}

function pairs(flat: readonly string[]): Array<[string, string]> {
  const list: Array<[string, string]> = []
  for (let index = 0; index + 1 < flat.length; index += 2)
    list.push([flat[index] as string, flat[index + 1] as string])
  return list
}
