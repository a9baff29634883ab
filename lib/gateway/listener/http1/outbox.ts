import type { Socket } from 'node:net'

/** Up to here a chunk is copied beside its framing, which costs less than a vector of writes. */
const copiedBytesMax = 4_096
/** What may gather before it is written without waiting for the end of the tick. */
const gatheredBytesMax = 16_384

/** Gathers what one tick has for a socket into one write: head, chunks and their framing. */
export class Outbox {
  readonly #socket: Socket
  #text = ''
  #parts: Array<string | Buffer> | null = null
  #bytes = 0

  constructor(socket: Socket) {
    this.#socket = socket
  }

  get isEmpty(): boolean {
    return this.#bytes === 0
  }

  /** One character is one byte. */
  addText(text: string): void {
    this.#text += text
    this.#bytes += text.length
  }

  addBytes(bytes: Buffer): void {
    this.#bytes += bytes.length
    if (bytes.length <= copiedBytesMax) {
      this.#text += bytes.toString('latin1')
      return
    }
    this.#parts ??= []
    if (this.#text !== '') this.#parts.push(this.#text)
    this.#parts.push(bytes)
    this.#text = ''
  }

  get isFull(): boolean {
    return this.#bytes >= gatheredBytesMax
  }

  flush(): void {
    if (this.#bytes === 0) return
    const text = this.#text
    const parts = this.#parts
    this.discard()
    if (parts === null) {
      this.#socket.write(text, 'latin1')
      return
    }
    this.#socket.cork()
    for (const part of parts) {
      if (typeof part === 'string') this.#socket.write(part, 'latin1')
      else this.#socket.write(part)
    }
    if (text !== '') this.#socket.write(text, 'latin1')
    this.#socket.uncork()
  }

  discard(): void {
    this.#text = ''
    this.#parts = null
    this.#bytes = 0
  }
}
