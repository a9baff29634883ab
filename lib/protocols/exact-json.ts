import { randomUUID } from 'node:crypto'

/**
 * JSON whose whole numbers come out as they went in, those too that JavaScript would round: the ids of records that models hand to tools are often
 * as long. Wherever else it is read or written, such a number is the rounded one.
 */
export class LongInteger {
  readonly digits: string

  constructor(digits: string) {
    this.digits = digits
  }

  toJSON(): number | string {
    return isExact ? mark + this.digits : Number(this.digits)
  }
}

/** Unknown to whoever writes texts, so that none of theirs becomes a number. */
const mark = `long-integer:${randomUUID()}:`
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g')
let isExact = false

/** A cheap look for what may be one; most texts have none. */
const suspect = /[:,[\s]-?\d{16}/
const digitsOnly = /^-?\d{16,}$/
/** Above as many a text is a table of numbers, which readers that know of one in each record need not be kept waiting for. */
const heldMax = 10_000

export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (!suspect.test(text)) return value
  const held = holdLongIntegers(text)
  if (held === null) return value
  return JSON.parse(held, (_key, item: unknown) =>
    typeof item === 'string' && item.startsWith(mark) ? new LongInteger(item.slice(mark.length)) : item,
  )
}

/**
 * Puts each number that would be rounded into a marked text; null where there is none, or too many. `text` is JSON. By
 * hand, because an expression for texts runs out of stack on those of several megabytes.
 */
function holdLongIntegers(text: string): string | null {
  const parts: string[] = []
  let written = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === quote) at = textEnd(text, at)
    else if (!isNumberPart(code)) at += 1
    else {
      const end = numberEnd(text, at)
      const token = text.slice(at, end)
      if (digitsOnly.test(token) && String(Number(token)) !== token) {
        if (parts.length >= 2 * heldMax) return null
        parts.push(text.slice(written, at), `"${mark}${token}"`)
        written = end
      }
      at = end
    }
  }
  if (parts.length === 0) return null
  parts.push(text.slice(written))
  return parts.join('')
}

/** One past the quote that ends the text that begins at `start`. */
function textEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end + 1
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes += 1
  return backslashes % 2 === 1
}

/** Letters of `true` and the like are taken for numbers of no digits, which changes nothing. */
function isNumberPart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || numberMarks.includes(code)
}

function numberEnd(text: string, start: number): number {
  let end = start + 1
  while (isNumberPart(text.charCodeAt(end))) end += 1
  return end
}

const quote = 0x22
const backslash = 0x5c
/** `-`, `+`, `.`, `e`, `E` */
const numberMarks: readonly number[] = [0x2d, 0x2b, 0x2e, 0x65, 0x45]

export function stringifyExact(value: unknown): string {
  isExact = true
  try {
    const text = JSON.stringify(value)
    return text.includes(mark) ? text.replace(marked, '$1') : text
  } finally {
    isExact = false
  }
}
