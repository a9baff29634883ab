import type { MonitoringSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import { recordedBytesMax } from '@/lib/snapshot/recorded-request.ts'

/** The beginning of a body, copied into one piece, however small the pieces are in which it comes. */
export class KeptBody {
  bytes = 0
  #storage = nothing
  #length = 0

  add(chunk: Buffer): void {
    this.bytes += chunk.length
    const length = Math.min(this.#length + chunk.length, recordedBytesMax)
    if (length === this.#length) return
    if (length > this.#storage.length) this.#grow(length)
    chunk.copy(this.#storage, this.#length, 0, length - this.#length)
    this.#length = length
  }

  /** What it takes up. */
  get keptBytes(): number {
    return this.#storage.length
  }

  get content(): Buffer {
    return this.#storage.subarray(0, this.#length)
  }

  #grow(length: number): void {
    // A body that comes whole takes no more than itself.
    const wanted = this.#length === 0 ? length : Math.max(length, this.#length * 2)
    const larger = Buffer.allocUnsafeSlow(Math.min(wanted, recordedBytesMax))
    this.#storage.copy(larger, 0, 0, this.#length)
    this.#storage = larger
  }
}

const nothing: Buffer = Buffer.alloc(0)

/** What caller and gateway said to each other, of an API that is to have it recorded. */
export class CallContent {
  readonly request: KeptBody | null
  readonly response: KeptBody | null

  constructor({ recordRequest, recordResponse }: MonitoringSnapshot) {
    this.request = recordRequest ? new KeptBody() : null
    this.response = recordResponse ? new KeptBody() : null
  }

  get keptBytes(): number {
    return (this.request?.keptBytes ?? 0) + (this.response?.keptBytes ?? 0)
  }
}
