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
/** Texts are passed over whole; numbers with a fraction or an exponent are as exact as they ever are. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const digitsOnly = /^-?\d{16,}$/

export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (!suspect.test(text)) return value
  const held = text.replace(tokens, (token) =>
    digitsOnly.test(token) && String(Number(token)) !== token ? `"${mark}${token}"` : token,
  )
  if (held === text) return value
  return JSON.parse(held, (_key, item: unknown) =>
    typeof item === 'string' && item.startsWith(mark) ? new LongInteger(item.slice(mark.length)) : item,
  )
}

export function stringifyExact(value: unknown): string {
  isExact = true
  try {
    const text = JSON.stringify(value)
    return text.includes(mark) ? text.replace(marked, '$1') : text
  } finally {
    isExact = false
  }
}
