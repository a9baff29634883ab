const headBytesMax = 2_048
const tailBytesMax = 4_096
/** More than is kept, so that making room is rare; each open stream holds it. */
const tailStorageBytes = 6_144

/** The first 2 KiB and at least the last 4 KiB of what passed, in a fixed amount of memory. */
export class StreamEnds {
  readonly #head = Buffer.allocUnsafe(headBytesMax)
  readonly #tail = Buffer.allocUnsafe(tailStorageBytes)
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
      const before = Math.min(tailBytesMax, tailStorageBytes - kept)
      this.#tail.copyWithin(0, this.#tailBytes - before, this.#tailBytes)
      this.#tailBytes = before
    }
    this.#tailBytes += chunk.copy(this.#tail, this.#tailBytes, chunk.length - kept)
  }
}
