import type { Redactor } from './redactor.ts'
import { wholeEnd } from './shown-request.ts'

/** An event that is longer is told in pieces. */
const frameBytesMax = 262_144
const lineFeed = 10
const carriageReturn = 13
const nothing: Buffer = Buffer.alloc(0)

/** Cuts an answer into what is told of it at once, without changing a byte but for secrets. */
export interface FrameSplitter {
  push(chunk: Buffer): Buffer[]
  /** What is left. */
  end(): Buffer[]
}

/** By `Content-Type`. */
export function splitterFor(contentType: string, redactor: Redactor): FrameSplitter {
  const isEvents = /^\s*text\/event-stream\b/i.test(contentType)
  return isEvents ? new EventSplitter(redactor) : new ChunkSplitter(redactor)
}

/** Events, each with the empty line at its end, whatever chunks they come in. */
class EventSplitter implements FrameSplitter {
  readonly #redactor: Redactor
  #held: Buffer[] = []
  #heldBytes = 0
  #isLineEmpty = true
  #wasCarriageReturn = false
  /** An empty line has ended, unless a line feed still belongs to its end. */
  #isOver = false

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  push(chunk: Buffer): Buffer[] {
    const frames: Buffer[] = []
    let start = 0
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index] as number
      const endsPair = byte === lineFeed && this.#wasCarriageReturn
      if (this.#isOver) {
        const end = endsPair ? index + 1 : index
        frames.push(this.#take(chunk.subarray(start, end)))
        start = end
        this.#isOver = false
        this.#isLineEmpty = true
      }
      this.#wasCarriageReturn = byte === carriageReturn
      if (endsPair) continue
      if (byte !== lineFeed && byte !== carriageReturn) {
        this.#isLineEmpty = false
      } else if (!this.#isLineEmpty) {
        this.#isLineEmpty = true
      } else if (byte === carriageReturn) {
        this.#isOver = true
      } else {
        frames.push(this.#take(chunk.subarray(start, index + 1)))
        start = index + 1
      }
    }
    this.#hold(chunk.subarray(start))
    if (this.#heldBytes > frameBytesMax) frames.push(this.#takeBeginning())
    return frames
  }

  end(): Buffer[] {
    this.#isOver = false
    return this.#heldBytes === 0 ? [] : [this.#take(nothing)]
  }

  #takeBeginning(): Buffer {
    const bytes = Buffer.concat(this.#held)
    const open = this.#redactor.openEnd(bytes)
    this.#held = []
    this.#heldBytes = 0
    this.#hold(bytes.subarray(bytes.length - open))
    return this.#redactor.bytes(bytes.subarray(0, bytes.length - open))
  }

  #hold(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
  }

  #take(last: Buffer): Buffer {
    const frame = this.#held.length === 0 ? last : Buffer.concat([...this.#held, last])
    this.#held = []
    this.#heldBytes = 0
    return this.#redactor.bytes(frame)
  }
}

/** Chunks as they come, but for half a character and what may be half a secret at their end. */
class ChunkSplitter implements FrameSplitter {
  readonly #redactor: Redactor
  #held: Buffer = nothing

  constructor(redactor: Redactor) {
    this.#redactor = redactor
  }

  push(chunk: Buffer): Buffer[] {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const open = Math.max(this.#redactor.openEnd(bytes), openCharacter(bytes))
    this.#held = bytes.subarray(bytes.length - open)
    return pieces(this.#redactor.bytes(bytes.subarray(0, bytes.length - open)))
  }

  end(): Buffer[] {
    const left = this.#held
    this.#held = nothing
    return pieces(this.#redactor.bytes(left))
  }
}

/** Bytes at the end of what would be a character of UTF-8, if the rest came. */
function openCharacter(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] as number
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? back : 0
  }
  return 0
}

function pieces(bytes: Buffer): Buffer[] {
  const frames: Buffer[] = []
  for (let rest = bytes; rest.length > 0; ) {
    const end = wholeEnd(rest, frameBytesMax) || rest.length
    frames.push(rest.subarray(0, end))
    rest = rest.subarray(end)
  }
  return frames
}
