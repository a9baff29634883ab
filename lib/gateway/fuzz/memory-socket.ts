import { Duplex } from 'node:stream'

/** Both ends of a connection without a network: bytes go in by `deliver`, answers gather in `answered`. */
export class MemorySocket extends Duplex {
  readonly remoteAddress = '127.0.0.1'
  answered = ''

  constructor() {
    super({ allowHalfOpen: true })
    this.on('error', () => {})
  }

  deliver(bytes: Buffer): void {
    if (!this.destroyed && !this.readableEnded) this.push(bytes)
  }

  override _read(): void {}

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.answered += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1')
    void encoding
    done()
  }

  override _final(done: () => void): void {
    done()
  }

  setNoDelay(): this {
    return this
  }

  destroySoon(): void {
    this.end(() => this.destroy())
  }

  resetAndDestroy(): this {
    return this.destroy()
  }
}
