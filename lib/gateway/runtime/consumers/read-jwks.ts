import type { PublicJwkSnapshot } from '@/lib/snapshot/consumer-snapshot.ts'

/** Each is tried where a token does not say which. */
const keysMax = 100
/** Of RSA of 8192 bits. */
const memberCharactersMax = 1_366
/** 32 bits: a larger one only makes verifying slow. */
const exponentCharactersMax = 6
const kinds: ReadonlySet<unknown> = new Set(['RSA', 'EC', 'OKP'])
const members = ['kty', 'kid', 'alg', 'use', 'crv', 'n', 'e', 'x', 'y'] as const

/** The answer is no JWK set, or has no key that a signature can be verified with. */
export class JwksError extends Error {
  override readonly name = 'JwksError'
}

/**
 * Reads a JWK set (RFC 7517 §5) that an issuer publishes. Keys of other kinds and sizes are passed over, for a set may
 * have some for other uses. Throws `JwksError`.
 */
export function readJwks(text: string): readonly PublicJwkSnapshot[] {
  const set = parsed(text)
  const listed = typeof set === 'object' && set !== null && 'keys' in set ? set.keys : null
  if (!Array.isArray(listed)) throw new JwksError('The answer is not a JWK set.')
  if (listed.length > keysMax) throw new JwksError(`The JWK set has more than ${keysMax} keys.`)
  const keys = listed.flatMap((key: unknown) => {
    const read = readKey(key)
    return read === null ? [] : [read]
  })
  if (keys.length === 0) throw new JwksError('The JWK set has no public key of kty RSA, EC or OKP.')
  return keys
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new JwksError('The answer is not JSON.')
  }
}

function readKey(key: unknown): PublicJwkSnapshot | null {
  if (typeof key !== 'object' || key === null) return null
  const fields = key as Readonly<Record<string, unknown>>
  if (!kinds.has(fields['kty']) || 'd' in fields || !isForVerifying(fields['key_ops'])) return null
  const read: Record<string, string> = {}
  for (const name of members) {
    const value = fields[name]
    if (value === undefined) continue
    const charactersMax = name === 'e' ? exponentCharactersMax : memberCharactersMax
    if (typeof value !== 'string' || value.length > charactersMax) return null
    read[name] = value
  }
  return { kty: String(fields['kty']), ...read }
}

function isForVerifying(operations: unknown): boolean {
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'))
}
