/**
 * Bytes of a section that comes in pieces. Each piece is copied once, however small the pieces are, and the
 * section is worth reading again only when its end has come or it has doubled.
 */
export class GrowingBytes {
  #storage: Buffer
  #length: number
  #readAt: number

  constructor(first: Buffer) {
    this.#storage = Buffer.allocUnsafeSlow(Math.max(1_024, first.length * 2))
    first.copy(this.#storage)
    this.#length = first.length
    this.#readAt = first.length
  }

  get bytes(): Buffer {
    return this.#storage.subarray(0, this.#length)
  }

  /** Returns true when it is time to try again. */
  append(piece: Buffer): boolean {
    const length = this.#length + piece.length
    if (length > this.#storage.length) {
      const larger = Buffer.allocUnsafeSlow(length * 2)
      this.#storage.copy(larger, 0, 0, this.#length)
      this.#storage = larger
    }
    piece.copy(this.#storage, this.#length)
    const searchFrom = Math.max(0, this.#length - 3)
    this.#length = length
    if (length < this.#readAt * 2 && this.bytes.indexOf('\r\n\r\n', searchFrom, 'latin1') === -1) return false
    this.#readAt = length
    return true
  }
}
