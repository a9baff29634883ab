/** What the fields of a head say about the body behind it (RFC 9112 §6). */
export interface BodyFraming {
  /** Bytes; -1 without `Content-Length`. */
  contentLength: number
  isChunked: boolean
}

/** Above it a number of bytes is no longer exact. */
const contentLengthDigitsMax = 15

/**
 * Takes `content-length` or `transfer-encoding` into account. False where two readers could disagree: said twice, or
 * not in the one form that everybody reads alike. Any coding but `chunked` would have to be taken off here, because
 * the field does not pass.
 */
export function readBodyFraming(lowerName: string, value: string, framing: BodyFraming): boolean {
  if (lowerName === 'content-length') {
    const isFirst = framing.contentLength === -1
    if (!isFirst || value.length > contentLengthDigitsMax || !/^\d+$/.test(value)) return false
    framing.contentLength = Number(value)
    return true
  }
  if (framing.isChunked || value.toLowerCase() !== 'chunked') return false
  framing.isChunked = true
  return true
}
