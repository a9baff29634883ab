import { Readable } from 'node:stream'
import { refusal } from '@/lib/gateway/error.ts'
import type { BodyOptions } from '@/lib/gateway/exchange.ts'

export interface BodyWatcher {
  onBytes(count: number): void
  /** The caller broke off; told before the body fails. */
  onBroken(): void
}

/** Ends with one of: all bytes, `body_too_large`, `request_timed_out`, or a broken-off caller. */
export class RequestBody extends Readable {
  readonly #source: Readable
  readonly #options: BodyOptions
  readonly #watcher: BodyWatcher
  #bytes = 0
  #idle: NodeJS.Timeout | undefined

  /** `source` is read but never destroyed: the caller's connection outlives a failed attempt. */
  constructor(source: Readable, options: BodyOptions, watcher: BodyWatcher) {
    super({ highWaterMark: 65_536 })
    this.#source = source
    this.#options = options
    this.#watcher = watcher
    source.on('data', this.#onData)
    source.on('end', this.#onEnd)
    source.on('error', this.#onBroken)
    source.on('close', this.#onBroken)
    // An unread body must not flow into an unread stream.
    source.pause()
    // A failed attempt destroys its body with an error that is reported elsewhere.
    this.on('error', () => {})
  }

  override _read(): void {
    this.#armIdle()
    this.#source.resume()
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#release()
    callback(error)
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#bytes += chunk.length
    this.#watcher.onBytes(chunk.length)
    if (this.#bytes > this.#options.bytesMax) {
      this.destroy(
        refusal('body_too_large', `The request body is larger than ${this.#options.bytesMax} bytes.`),
      )
      return
    }
    if (this.push(chunk)) this.#idle?.refresh()
    else {
      // From here on the upstream is the slow one.
      clearTimeout(this.#idle)
      this.#source.pause()
    }
  }

  readonly #onEnd = (): void => {
    this.#release()
    this.push(null)
  }

  readonly #onBroken = (): void => {
    this.#watcher.onBroken()
    this.destroy(refusal('malformed_request', 'The request body broke off.'))
  }

  #armIdle(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.destroy(refusal('request_timed_out', 'The request body stopped arriving.'))
    }, this.#options.idleMs)
  }

  #release(): void {
    clearTimeout(this.#idle)
    this.#source.off('data', this.#onData)
    this.#source.off('end', this.#onEnd)
    this.#source.off('error', this.#onBroken)
    this.#source.off('close', this.#onBroken)
  }
}
