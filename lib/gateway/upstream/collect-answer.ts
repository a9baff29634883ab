import type { RawFields } from '@/lib/gateway/raw-fields.ts'
import type { Upstream, UpstreamHandler } from '@/lib/gateway/upstream/upstream.ts'

export interface CollectedAnswer {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: RawFields
  readonly body: Buffer
}

interface WholeRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly string[]
  readonly body: Buffer | null
}

/** The answer is larger than what is read of it. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}

const silenceMs = 30_000

/** Sends one request and resolves with its whole answer. Rejects with whatever went wrong, or `AnswerTooLarge`. */
export function collectAnswer(
  upstream: Upstream,
  request: WholeRequest,
  bounds: { readonly bytesMax: number; readonly signal: AbortSignal },
): Promise<CollectedAnswer> {
  return new Promise((resolve, reject) => {
    const handler = new CollectingHandler(bounds.bytesMax, bounds.signal, resolve, reject)
    upstream.dispatch(
      { ...request, contentLength: null, isUpgrade: false, bodyTimeoutMs: silenceMs, trailers: null },
      handler,
    )
  })
}

class CollectingHandler implements UpstreamHandler {
  readonly #bytesMax: number
  readonly #signal: AbortSignal
  readonly #resolve: (answer: CollectedAnswer) => void
  readonly #reject: (error: Error) => void
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #status = 0
  #headers: RawFields = []
  #abort: ((reason: Error) => void) | null = null

  constructor(
    bytesMax: number,
    signal: AbortSignal,
    resolve: (answer: CollectedAnswer) => void,
    reject: (error: Error) => void,
  ) {
    this.#bytesMax = bytesMax
    this.#signal = signal
    this.#resolve = resolve
    this.#reject = reject
    signal.addEventListener('abort', this.#stop)
  }

  onConnect(abort: (reason: Error) => void): void {
    this.#abort = abort
    if (this.#signal.aborted) abort(this.#signal.reason)
  }

  onHeaders(status: number, raw: RawFields): void {
    this.#status = status
    this.#headers = raw
  }

  onData(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    if (this.#bytes <= this.#bytesMax) this.#chunks.push(chunk)
    else this.#abort?.(new AnswerTooLarge(`The answer is larger than ${this.#bytesMax} bytes.`))
    return true
  }

  onComplete(): void {
    this.#signal.removeEventListener('abort', this.#stop)
    this.#resolve({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) })
  }

  onUpgrade(_status: number, _raw: RawFields, socket: { destroy(): void }): void {
    socket.destroy()
  }

  onError(error: Error): void {
    this.#signal.removeEventListener('abort', this.#stop)
    this.#reject(error)
  }

  /** Also before there is a connection, when there is nothing to abort yet. */
  readonly #stop = (): void => {
    if (this.#abort === null) this.onError(this.#signal.reason)
    else this.#abort(this.#signal.reason)
  }
}
