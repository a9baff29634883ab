import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A prefix and 40 characters of 62: 238 bits. Bytes that would favour some characters are thrown away. */
export function randomToken(prefix: 'sw_' | 'ek_live_' | 'ck_live_' | ''): string {
  let text = ''
  while (text.length < 40) {
    for (const byte of randomBytes(64)) {
      if (byte < 248 && text.length < 40) text += letters[byte % 62]
    }
  }
  return prefix + text
}

/** SHA-256 in hex. Enough for tokens, whose randomness leaves nothing to guess. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export function isTokenOf(token: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(tokenHash(token), 'hex'), Buffer.from(hash, 'hex'))
}

/** Last four characters, to recognise a token by. */
export function tokenHint(token: string): string {
  return token.slice(-4)
}
