import type { CallContent } from '@/lib/gateway/stages/observe/call-content.ts'
import type { RecordedRequest } from '@/lib/snapshot/recorded-request.ts'

/** A record as long as it stays in the node: content is not yet text. */
export interface KeptRecord {
  readonly facts: Omit<RecordedRequest, 'request' | 'response'>
  readonly content: CallContent | null
}

export interface RecordBookLimits {
  readonly records: number
  readonly bytes: number
}

const limitsDefault: RecordBookLimits = { records: 5_000, bytes: 33_554_432 }
/** What the facts of a request take, about. */
const factsBytes = 1_024
/** Looking at a prompt takes part of a millisecond, which not every request of a busy node need give. */
const looksPerSecond = 5

/** Records until a report takes them. Bounded by number and bytes: the oldest go first, counted. */
export class RecordBook {
  readonly #limits: RecordBookLimits
  readonly #slots: Array<KeptRecord | undefined>
  #first = 0
  #size = 0
  #bytes = 0
  #second = 0
  #looks = 0
  /** Since the node began. */
  dropped = 0

  constructor(limits: RecordBookLimits = limitsDefault) {
    this.#limits = limits
    this.#slots = new Array<KeptRecord | undefined>(limits.records)
  }

  get size(): number {
    return this.#size
  }

  add(record: KeptRecord): void {
    const bytes = bytesOf(record)
    while (this.#size > 0 && !this.#hasRoomFor(bytes)) {
      this.#shift()
      this.dropped += 1
    }
    this.#slots[(this.#first + this.#size) % this.#slots.length] = record
    this.#size += 1
    this.#bytes += bytes
  }

  /** Hands over the oldest: at most so many, and so many bytes, but one at least. */
  take({ records, bytes }: RecordBookLimits): KeptRecord[] {
    const taken: KeptRecord[] = []
    for (let sum = 0; taken.length < records; ) {
      const next = this.#slots[this.#first]
      if (this.#size === 0 || next === undefined) break
      sum += bytesOf(next)
      if (sum > bytes && taken.length > 0) break
      this.#shift()
      taken.push(next)
    }
    return taken
  }

  /** Takes back what could not be delivered, as far as there is room beside what came since. */
  putBack(taken: readonly KeptRecord[]): void {
    for (let at = taken.length - 1; at >= 0; at -= 1) {
      const record = taken[at] as KeptRecord
      const bytes = bytesOf(record)
      if (!this.#hasRoomFor(bytes)) {
        this.dropped += at + 1
        return
      }
      this.#first = (this.#first + this.#slots.length - 1) % this.#slots.length
      this.#slots[this.#first] = record
      this.#size += 1
      this.#bytes += bytes
    }
  }

  /** Whether this is one of the few requests of a second whose intent is looked at though nothing is routed by it. */
  mayLook(now: number): boolean {
    const second = Math.floor(now / 1_000)
    if (second !== this.#second) {
      this.#second = second
      this.#looks = 0
    }
    this.#looks += 1
    return this.#looks <= looksPerSecond
  }

  #hasRoomFor(bytes: number): boolean {
    return this.#size < this.#limits.records && this.#bytes + bytes <= this.#limits.bytes
  }

  #shift(): void {
    const oldest = this.#slots[this.#first]
    if (oldest === undefined) return
    this.#slots[this.#first] = undefined
    this.#first = (this.#first + 1) % this.#slots.length
    this.#size -= 1
    this.#bytes -= bytesOf(oldest)
  }
}

function bytesOf({ content }: KeptRecord): number {
  return factsBytes + (content?.keptBytes ?? 0)
}
