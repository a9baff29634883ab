/**
 * The header lines of a request head or a trailer section (RFC 9112 §5), byte for byte: a name of token
 * characters, a colon right behind it, a value without control characters, CRLF. Nothing else is forgiven.
 */

export const incomplete = -1
export const malformed = -2
/** More lines than any caller has a use for. */
export const tooMany = -3

export const carriageReturn = 0x0d
export const lineFeed = 0x0a
export const space = 0x20
const tab = 0x09
const colon = 0x3a

const fieldsMax = 1_000

export const tokenByte = 1
export const targetByte = 2
const valueByte = 4

/** What each byte may be part of. */
export const byteKinds = buildByteKinds()

/** Where the fields of the last scan begin and end: name start, name end, value start, value end, and so on. */
export const fieldMarks = new Int32Array(fieldsMax * 4)
const fieldScan = { count: 0 }

/** How many fields the last scan found. */
export function fieldCount(): number {
  return fieldScan.count
}

/**
 * Reads lines from `at` up to the empty one and leaves their places in `fieldMarks`. Returns the offset behind
 * the empty line, or `incomplete`, `malformed` or `tooMany`.
 */
export function scanFields(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  let mark = 0
  for (;;) {
    if (at >= end) return incomplete
    if (bytes[at] === carriageReturn) {
      if (at + 1 >= end) return incomplete
      fieldScan.count = mark >> 2
      return bytes[at + 1] === lineFeed ? at + 2 : malformed
    }
    if (mark === fieldMarks.length) return tooMany
    const nameStart = at
    while (at < end && ((byteKinds[bytes[at] as number] as number) & tokenByte) !== 0) at += 1
    if (at >= end) return incomplete
    if (at === nameStart || bytes[at] !== colon) return malformed
    fieldMarks[mark] = nameStart
    fieldMarks[mark + 1] = at
    at += 1
    while (at < end && (bytes[at] === space || bytes[at] === tab)) at += 1
    fieldMarks[mark + 2] = at
    while (at < end && ((byteKinds[bytes[at] as number] as number) & valueByte) !== 0) at += 1
    if (at >= end) return incomplete
    if (bytes[at] !== carriageReturn) return malformed
    if (at + 1 >= end) return incomplete
    if (bytes[at + 1] !== lineFeed) return malformed
    fieldMarks[mark + 3] = trimmedEnd(bytes, fieldMarks[mark + 2] as number, at)
    mark += 4
    at += 2
  }
}

function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end
  while (at > start && (bytes[at - 1] === space || bytes[at - 1] === tab)) at -= 1
  return at
}

/** Behind a length or a coding not every reader takes a tab for white space. */
export function hasTabBehind(text: string, valueEnd: number): boolean {
  let at = valueEnd
  while (text.charCodeAt(at) === space) at += 1
  return text.charCodeAt(at) !== carriageReturn
}

function buildByteKinds(): Uint8Array {
  const kinds = new Uint8Array(256)
  for (let byte = 0x21; byte < 0x7f; byte++) kinds[byte] = targetByte
  for (const char of "!#$%&'*+-.^_`|~") add(kinds, char.charCodeAt(0))
  for (let byte = 0x30; byte <= 0x39; byte++) add(kinds, byte)
  for (let byte = 0x41; byte <= 0x5a; byte++) add(kinds, byte)
  for (let byte = 0x61; byte <= 0x7a; byte++) add(kinds, byte)
  kinds[tab] = (kinds[tab] as number) | valueByte
  for (let byte = 0x20; byte <= 0xff; byte++) {
    if (byte !== 0x7f) kinds[byte] = (kinds[byte] as number) | valueByte
  }
  return kinds
}

function add(kinds: Uint8Array, byte: number): void {
  kinds[byte] = (kinds[byte] as number) | tokenByte
}
