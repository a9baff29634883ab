import type { MonitoringSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import { recordedBytesMax } from '@/lib/snapshot/recorded-request.ts'

/** The beginning of a body, copied, so that it holds no more than itself. */
export class KeptBody {
  bytes = 0
  #kept: Buffer[] = []
  #keptBytes = 0

  add(chunk: Buffer): void {
    this.bytes += chunk.length
    const room = recordedBytesMax - this.#keptBytes
    if (room <= 0 || chunk.length === 0) return
    const kept = Buffer.from(chunk.subarray(0, room))
    this.#kept.push(kept)
    this.#keptBytes += kept.length
  }

  get keptBytes(): number {
    return this.#keptBytes
  }

  get content(): Buffer {
    return Buffer.concat(this.#kept)
  }
}

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
