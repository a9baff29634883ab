import { decodeHead, lineCountOf, type SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

const newline = 0x0a
const dataPrefix = Buffer.from('data: ')
const eventPrefix = Buffer.from('event: ')

export interface SnapshotEventHandlers {
  /** May give back an equal string that is held already. */
  known(line: string): string
  onEvent(): void
  /** A whole one, or only the head of one whose head cannot be read. */
  onSnapshot(lines: SnapshotLines): void
}

/**
 * Reads the events of `lib/snapshot/snapshot-events.ts` from bytes as they come. Lines are ASCII and each is made
 * once, on its own, so that keeping one keeps no buffer of its neighbours.
 */
export class SnapshotEventReader {
  readonly #handlers: SnapshotEventHandlers
  /** The beginning of a line whose end has not come. */
  #rest: Buffer | null = null
  #event = ''
  #lines: string[] = []
  /** Null: no snapshot is being received. */
  #linesExpected: number | null = null

  constructor(handlers: SnapshotEventHandlers) {
    this.#handlers = handlers
  }

  feed(bytes: Buffer): void {
    let start = 0
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      if (this.#rest === null) this.#take(bytes, start, end)
      else this.#takeWhole(Buffer.concat([this.#rest, bytes.subarray(start, end)]))
      start = end + 1
    }
    if (start === bytes.length) return
    const beginning = bytes.subarray(start)
    this.#rest = this.#rest === null ? Buffer.from(beginning) : Buffer.concat([this.#rest, beginning])
  }

  #takeWhole(line: Buffer): void {
    this.#rest = null
    this.#take(line, 0, line.length)
  }

  #take(bytes: Buffer, start: number, end: number): void {
    // Cut from the bytes, because a string cut from a longer one would keep that alive.
    if (bytes[start] === dataPrefix[0]) {
      this.#takeData(bytes.toString('latin1', start + dataPrefix.length, end))
    } else if (bytes[start] === eventPrefix[0]) {
      this.#event = bytes.toString('latin1', start + eventPrefix.length, end)
    } else if (start === end) {
      this.#endEvent()
    }
  }

  #takeData(data: string): void {
    if (this.#event === 'snapshot') {
      this.#lines = [data]
      this.#linesExpected = lineCountIn(data)
    } else if (this.#event === 'services' && this.#linesExpected !== null) {
      this.#lines.push(this.#handlers.known(data))
    }
  }

  #endEvent(): void {
    this.#event = ''
    this.#handlers.onEvent()
    if (this.#linesExpected === null || this.#lines.length < this.#linesExpected) return
    const lines = this.#lines
    this.#lines = []
    this.#linesExpected = null
    this.#handlers.onSnapshot(lines)
  }
}

/** None of a head that cannot be read: whoever gets it will say why. */
function lineCountIn(head: string): number {
  try {
    return lineCountOf(decodeHead(head))
  } catch {
    return 0
  }
}
