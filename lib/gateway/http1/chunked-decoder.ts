import {
  carriageReturn,
  fieldCount,
  fieldMarks,
  incomplete,
  lineFeed,
  scanFields,
} from '@/lib/gateway/http1/field-scan.ts'
import { GrowingBytes } from '@/lib/gateway/http1/growing-bytes.ts'

const sizeDigitsMax = 12
/** Over a whole message: extensions carry nothing, so many of them are an attack. */
const extensionBytesMax = 16_384
const semicolon = 0x3b
const token = "[!#$%&'*+\\-.^_`|~\\dA-Za-z]+"
const quoted = '"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*"'
const extensions = new RegExp(`^(?:;${token}(?:=(?:${token}|${quoted}))?)+$`)

/** Fields that decide framing or end a connection; behind a body they could only mean to deceive (RFC 9110 §6.5.1). */
const framingTrailers: ReadonlySet<string> = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'proxy-connection',
  'upgrade',
])
/** Fields that route, authenticate or describe the body come too late here, and are dropped. */
const lateTrailers =
  /^(?:host|authorization|proxy-.*|keep-alive|te|trailer|expect|cookie|set-cookie|age|cache-control|date|location|max-forwards|range|retry-after|vary|warning|pragma|if-.*|content-(?:encoding|type|range|md5)|x-forwarded-.*|x-request-id|x-switchyard-.*)$/

type State =
  | 'size'
  | 'extension'
  | 'size-lf'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | 'trailers'
  | 'done'
  | 'broken'

/** Takes the chunked coding (RFC 9112 §7.1) off a body, in pieces cut anywhere, without copying the data. */
export class ChunkedDecoder {
  readonly #onData: (data: Buffer) => void
  readonly #trailerBytesMax: number
  #state: State = 'size'
  #size = 0
  #digits = 0
  #extension = ''
  #extensionBytes = 0
  #trailerBytes: GrowingBytes | null = null
  /** Names and values in turn; null where there are none. */
  trailers: string[] | null = null

  constructor(onData: (data: Buffer) => void, trailerBytesMax: number) {
    this.#onData = onData
    this.#trailerBytesMax = trailerBytesMax
  }

  get isDone(): boolean {
    return this.#state === 'done'
  }

  /** Returns the offset behind the last byte it took, or -1 where the coding is broken. Takes all unless done. */
  take(bytes: Buffer, start: number): number {
    let at = start
    while (at < bytes.length && this.#state !== 'done') {
      at = this.#step(bytes, at)
      if (this.#state === 'broken') return -1
    }
    return at
  }

  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'size':
        return this.#takeSize(bytes[at] as number, at)
      case 'extension':
        return this.#takeExtension(bytes, at)
      case 'size-lf':
        return this.#expect(bytes[at] === lineFeed, this.#size === 0 ? 'trailers' : 'data', at)
      case 'data':
        return this.#takeData(bytes, at)
      case 'data-cr':
        return this.#expect(bytes[at] === carriageReturn, 'data-lf', at)
      case 'data-lf':
        this.#digits = 0
        return this.#expect(bytes[at] === lineFeed, 'size', at)
      case 'trailers':
        return this.#takeTrailers(bytes, at)
      default:
        return at
    }
  }

  #expect(isThere: boolean, next: State, at: number): number {
    this.#state = isThere ? next : 'broken'
    return at + 1
  }

  #takeSize(byte: number, at: number): number {
    const digit = hexDigit(byte)
    if (digit !== -1) {
      this.#size = this.#digits === 0 ? digit : this.#size * 16 + digit
      this.#digits += 1
      if (this.#digits > sizeDigitsMax) this.#state = 'broken'
    } else if (this.#digits === 0) this.#state = 'broken'
    else if (byte === carriageReturn) this.#state = 'size-lf'
    else if (byte === semicolon) {
      this.#state = 'extension'
      this.#extension = ''
      return at
    } else this.#state = 'broken'
    return at + 1
  }

  #takeExtension(bytes: Buffer, at: number): number {
    const lineEnd = bytes.indexOf(carriageReturn, at)
    const end = lineEnd === -1 ? bytes.length : lineEnd
    this.#extensionBytes += end - at
    if (this.#extensionBytes > extensionBytesMax) this.#state = 'broken'
    else {
      this.#extension += bytes.toString('latin1', at, end)
      if (lineEnd !== -1) this.#state = extensions.test(this.#extension) ? 'size-lf' : 'broken'
    }
    return lineEnd === -1 ? end : end + 1
  }

  #takeData(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#size)
    this.#size -= end - at
    if (this.#size === 0) this.#state = 'data-cr'
    this.#onData(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end))
    return end
  }

  #takeTrailers(bytes: Buffer, at: number): number {
    const held = this.#trailerBytes
    const rest = bytes.subarray(at)
    if (held !== null && !held.append(rest)) {
      if (held.bytes.length > this.#trailerBytesMax) this.#state = 'broken'
      return bytes.length
    }
    const section = held?.bytes ?? rest
    const end = scanFields(section, 0, section.length)
    if ((end === incomplete ? section.length : end) > this.#trailerBytesMax) this.#state = 'broken'
    else if (end === incomplete) this.#trailerBytes ??= new GrowingBytes(rest)
    else if (end < 0 || !this.#readTrailers(section)) this.#state = 'broken'
    else {
      this.#trailerBytes = null
      this.#state = 'done'
      return bytes.length - (section.length - end)
    }
    return bytes.length
  }

  #readTrailers(section: Buffer): boolean {
    const marks = fieldCount() * 4
    for (let mark = 0; mark < marks; mark += 4) {
      const name = section.toString('latin1', fieldMarks[mark], fieldMarks[mark + 1])
      const lower = name.toLowerCase()
      if (framingTrailers.has(lower)) return false
      if (lateTrailers.test(lower)) continue
      this.trailers ??= []
      this.trailers.push(name, section.toString('latin1', fieldMarks[mark + 2], fieldMarks[mark + 3]))
    }
    return true
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
