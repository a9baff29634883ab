import { Readable } from 'node:stream'
import { refusal } from '@/lib/gateway/error.ts'

export interface BodySource {
  /** The reader wants more. */
  resume(): void
  /** The reader has enough for now: from here on it is the slow one. */
  pause(): void
  /** Nobody reads on. */
  release(): void
}

/** A body that is still arriving. Ends with all bytes, `body_too_large`, `request_timed_out` or a caller that broke off. */
export class Http1Body extends Readable {
  readonly #source: BodySource
  readonly #bytesMax: number
  #bytes = 0

  constructor(source: BodySource, bytesMax: number, highWaterMark: number) {
    super({ highWaterMark })
    this.#source = source
    this.#bytesMax = bytesMax
    // Whoever reads destroys a body with an error that is reported elsewhere.
    this.on('error', ignoreError)
  }

  receive(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes > this.#bytesMax) this.destroy(bodyTooLarge(this.#bytesMax))
    else if (!this.push(chunk)) this.#source.pause()
  }

  finish(): void {
    this.push(null)
  }

  stopped(): void {
    this.destroy(refusal('request_timed_out', 'The request body stopped arriving.'))
  }

  broken(): void {
    this.destroy(refusal('malformed_request', 'The request body broke off.'))
  }

  override _read(): void {
    this.#source.resume()
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#source.release()
    callback(error)
  }
}

export function bodyTooLarge(bytesMax: number): Error {
  return refusal('body_too_large', `The request body is larger than ${bytesMax} bytes.`)
}

function ignoreError(): void {}
