import type { Upstream, UpstreamHandler } from '@/lib/gateway/upstream/upstream.ts'

/** A health check at this path is a call of gRPC's own health protocol. */
export const grpcHealthPath = '/grpc.health.v1.Health/Check'

/** A frame with an empty message: the health of the server as a whole. */
const emptyMessage = Buffer.alloc(5)
const framingBytes = 5
/** `status: SERVING`, field 1 as a varint. */
const serving = Buffer.from([0x08, 0x01])
const answerBytesMax = 1_024
const healthHeaders = ['content-type', 'application/grpc', 'te', 'trailers']

/** Null when the server says that it serves, else why not. Rejects with whatever kept it from saying anything. */
export function askGrpcHealth(
  upstream: Upstream,
  path: string,
  headers: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const handler = new HealthHandler(signal, resolve, reject)
    upstream.dispatch(
      {
        method: 'POST',
        path,
        headers: [...headers, ...healthHeaders],
        body: emptyMessage,
        contentLength: null,
        isUpgrade: false,
        bodyTimeoutMs: 60_000,
        trailers: null,
      },
      handler,
    )
  })
}

class HealthHandler implements UpstreamHandler {
  readonly #signal: AbortSignal
  readonly #resolve: (failure: string | null) => void
  readonly #reject: (error: Error) => void
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #status = 0
  #grpcStatus: string | null = null
  #abort: ((reason: Error) => void) | null = null

  constructor(
    signal: AbortSignal,
    resolve: (failure: string | null) => void,
    reject: (error: Error) => void,
  ) {
    this.#signal = signal
    this.#resolve = resolve
    this.#reject = reject
    signal.addEventListener('abort', this.#stop)
  }

  onConnect(abort: (reason: Error) => void): void {
    this.#abort = abort
    if (this.#signal.aborted) abort(this.#signal.reason)
  }

  onHeaders(status: number, fields: readonly string[]): void {
    this.#status = status
    this.#grpcStatus = fieldValue(fields, 'grpc-status')
  }

  onData(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    if (this.#bytes <= answerBytesMax) this.#chunks.push(chunk)
    else this.#abort?.(new Error('The answer is no health status.'))
    return true
  }

  onComplete(trailers: readonly string[] | null): void {
    this.#signal.removeEventListener('abort', this.#stop)
    this.#resolve(this.#failure(fieldValue(trailers ?? [], 'grpc-status') ?? this.#grpcStatus))
  }

  onUpgrade(): void {}

  onError(error: Error): void {
    this.#signal.removeEventListener('abort', this.#stop)
    this.#reject(error)
  }

  #failure(grpcStatus: string | null): string | null {
    if (this.#status !== 200) return `Answered ${this.#status}`
    if (grpcStatus !== '0') return `Answered gRPC status ${grpcStatus ?? 'none'}`
    const message = Buffer.concat(this.#chunks).subarray(framingBytes)
    return message.equals(serving) ? null : 'Not serving'
  }

  /** Also before there is a connection, when there is nothing to abort yet. */
  readonly #stop = (): void => {
    if (this.#abort === null) this.onError(this.#signal.reason)
    else this.#abort(this.#signal.reason)
  }
}

function fieldValue(fields: readonly string[], name: string): string | null {
  for (let index = 0; index + 1 < fields.length; index += 2) {
    if (fields[index] === name) return fields[index + 1] ?? null
  }
  return null
}
