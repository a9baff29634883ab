import { randomFillSync } from 'node:crypto'

const wellFormed = /^[A-Za-z0-9._-]{1,128}$/
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const pool = Buffer.alloc(4096)
let used = pool.length
let headTime = -1
let head = ''

/** A well-formed id of the caller is kept; anything else is replaced, so it is safe in headers and logs. */
export function requestIdOf(rawHeaders: readonly string[], now: number): string {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string
    if (name.length === 12 && name.toLowerCase() === 'x-request-id') {
      const value = rawHeaders[index + 1] as string
      return wellFormed.test(value) ? value : createRequestId(now)
    }
  }
  return createRequestId(now)
}

/** A prefixed ULID as `createId('req')` makes it, but with randomness drawn a page at a time: this runs per request. */
export function createRequestId(now: number): string {
  if (used + 16 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  let tail = ''
  for (let index = 0; index < 16; index++) tail += alphabet[(pool[used + index] as number) & 31]
  used += 16
  return `req_${timeHead(now)}${tail}`
}

function timeHead(now: number): string {
  if (now === headTime) return head
  let time = now
  let text = ''
  for (let digit = 0; digit < 10; digit++) {
    text = alphabet[time % 32] + text
    time = Math.floor(time / 32)
  }
  headTime = now
  head = text
  return text
}
