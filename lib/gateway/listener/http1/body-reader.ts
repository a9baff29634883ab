import { ChunkedDecoder } from '@/lib/gateway/http1/chunked-decoder.ts'
import { chunked } from '@/lib/gateway/listener/http1/request-head.ts'

/** Finds the end of one request's body, whichever way its head delimits it. */
export class BodyReader {
  readonly #onData: (data: Buffer) => void
  readonly #decoder: ChunkedDecoder | null
  #bytesLeft: number

  constructor(bodyLength: number, trailerBytesMax: number, onData: (data: Buffer) => void) {
    this.#onData = onData
    this.#decoder = bodyLength === chunked ? new ChunkedDecoder(onData, trailerBytesMax) : null
    this.#bytesLeft = bodyLength
  }

  get isDone(): boolean {
    return this.#decoder === null ? this.#bytesLeft === 0 : this.#decoder.isDone
  }

  /** Names and values in turn; null where there are none. */
  get trailers(): string[] | null {
    return this.#decoder?.trailers ?? null
  }

  /** Returns the offset behind the last byte of the body in `bytes`, or -1 where its coding is broken. */
  take(bytes: Buffer, start: number): number {
    if (this.#decoder !== null) return this.#decoder.take(bytes, start)
    const end = Math.min(bytes.length, start + this.#bytesLeft)
    this.#bytesLeft -= end - start
    this.#onData(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end))
    return end
  }
}
