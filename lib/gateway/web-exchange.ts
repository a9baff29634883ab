import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { AnswerProducer, BodyOptions, Exchange } from '@/lib/gateway/exchange.ts'
import { Peer } from '@/lib/gateway/peer.ts'
import { RequestBody } from '@/lib/gateway/stages/forward/request-body.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

const bodylessStatuses = new Set([204, 205, 304])

/** The embedded door's exchange: a fetch `Request` in, a streamed `Response` out. */
export class WebExchange implements Exchange {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly isUpgrade = false
  readonly httpVersion = '1.1'
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly peer: Peer
  readonly response: Promise<Response>
  started = false
  gone = false
  readonly requestTrailers = null
  bytesIn = 0
  producer: AnswerProducer | null = null
  readonly #request: Request
  #resolve: (response: Response) => void = () => {}
  #reject: (error: Error) => void = () => {}
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  #hasEnded = false

  constructor(request: Request, options: { side: GatewaySide; clientAddress: string; target: string }) {
    this.#request = request
    this.side = options.side
    this.peer = new Peer(options.clientAddress)
    this.target = options.target
    this.method = request.method
    const url = new URL(request.url)
    this.scheme = url.protocol === 'https:' ? 'https' : 'http'
    this.rawHeaders = rawHeadersOf(request, url.host)
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    request.signal.addEventListener('abort', () => this.#leave())
  }

  takeBody(options: BodyOptions): Readable | null {
    if (this.#request.body === null) return null
    const source = Readable.fromWeb(this.#request.body as WebStream)
    return new RequestBody(source, options, {
      onBytes: (count) => {
        this.bytesIn += count
      },
      onBroken: () => this.#leave(),
    })
  }

  /** fetch shows no interim answers. */
  inform(): void {}

  start(status: number, statusMessage: string, headers: string[]): void {
    this.started = true
    const init = { status, statusText: statusMessage, headers: toHeaders(headers) }
    if (this.method === 'HEAD' || bodylessStatuses.has(status)) {
      this.#resolve(new Response(null, init))
      return
    }
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      pull: () => this.producer?.callerDrained(),
      cancel: () => this.#leave(),
    })
    this.#resolve(new Response(stream, init))
  }

  write(chunk: Buffer): boolean {
    const controller = this.#controller
    if (controller === null || this.gone) return true
    controller.enqueue(chunk)
    return (controller.desiredSize ?? 0) > 0
  }

  end(): void {
    this.#hasEnded = true
    if (!this.gone) this.#controller?.close()
  }

  answer(status: number, headers: string[], body: Buffer): void {
    this.started = true
    this.#hasEnded = true
    this.#resolve(
      new Response(this.method === 'HEAD' ? null : new Uint8Array(body), {
        status,
        headers: toHeaders(headers),
      }),
    )
  }

  destroy(): void {
    this.#hasEnded = true
    const broken = new Error('The answer broke off.')
    if (this.#controller === null) this.#reject(broken)
    else if (!this.gone) this.#controller.error(broken)
  }

  #leave(): void {
    if (this.#hasEnded || this.gone) return
    this.gone = true
    this.producer?.callerGone()
    if (!this.started) this.#reject(new DOMException('The caller left.', 'AbortError'))
    else if (this.#request.signal.aborted) this.#controller?.error(this.#request.signal.reason)
  }
}

function rawHeadersOf(request: Request, host: string): string[] {
  const raw: string[] = []
  let hasHost = false
  request.headers.forEach((value, name) => {
    raw.push(name, value)
    if (name === 'host') hasHost = true
  })
  if (!hasHost) raw.push('host', host)
  return raw
}

function toHeaders(flat: readonly string[]): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < flat.length; index += 2) {
    headers.append(flat[index] as string, flat[index + 1] as string)
  }
  return headers
}
