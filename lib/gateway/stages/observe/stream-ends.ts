const headBytesMax = 2_048
const tailBytesMax = 8_192

/** The first 2 KiB and at least the last 8 KiB of what passed, in a fixed amount of memory. */
export class StreamEnds {
  readonly #head = Buffer.allocUnsafe(headBytesMax)
  /** Twice the size that is kept, so that making room is rare. */
  readonly #tail = Buffer.allocUnsafe(2 * tailBytesMax)
  #headBytes = 0
  #tailBytes = 0

  get head(): Buffer {
    return this.#head.subarray(0, this.#headBytes)
  }

  get tail(): Buffer {
    return this.#tail.subarray(0, this.#tailBytes)
  }

  push(chunk: Buffer): void {
    if (this.#headBytes < headBytesMax) this.#headBytes += chunk.copy(this.#head, this.#headBytes)
    const kept = Math.min(chunk.length, tailBytesMax)
    if (kept === tailBytesMax) this.#tailBytes = 0
    else if (this.#tailBytes + kept > this.#tail.length) {
      this.#tail.copyWithin(0, this.#tailBytes - tailBytesMax, this.#tailBytes)
      this.#tailBytes = tailBytesMax
    }
    this.#tailBytes += chunk.copy(this.#tail, this.#tailBytes, chunk.length - kept)
  }
}
