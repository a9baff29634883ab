import { createPublicKey } from 'node:crypto'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { InvalidField } from '@/lib/domain/error.ts'
import type { JwtAlgorithm, PublicJwk } from '@/lib/domain/jwt-credential.ts'

/** RFC 7518 §3.3. */
const rsaBitsMin = 2048

/** Throws `invalid_input` on keys that are none or too weak, and algorithms that no key goes with. */
export function checkJwks(
  keys: readonly PublicJwk[],
  algorithms: readonly JwtAlgorithm[],
  prefix: string,
): void {
  const problems: InvalidField[] = []
  for (const [index, key] of keys.entries()) {
    const message = complaintAbout(key)
    if (message !== null)
      problems.push({ path: `${prefix}keys.jwks.keys.${index}`, code: 'invalid', message })
  }
  for (const [index, algorithm] of algorithms.entries()) {
    if (keys.some((key) => isKeyOf(algorithm, key))) continue
    const message = `None of the keys goes with ${algorithm}.`
    problems.push({ path: `${prefix}algorithms.${index}`, code: 'no_key', message })
  }
  refuseProblems(problems)
}

function complaintAbout({ key_ops: _, ...key }: PublicJwk): string | null {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: withoutUndefined(key), format: 'jwk' })
    const bits = asymmetricKeyDetails?.modulusLength ?? rsaBitsMin
    return bits < rsaBitsMin ? `An RSA key has at least ${rsaBitsMin} bits.` : null
  } catch {
    return 'This is not a whole public key (RFC 7517).'
  }
}

const curves: ReadonlyMap<JwtAlgorithm, string> = new Map([
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'Ed25519'],
])

function isKeyOf(algorithm: JwtAlgorithm, { kty, crv, alg, use }: PublicJwk): boolean {
  if ((alg !== undefined && alg !== algorithm) || (use !== undefined && use !== 'sig')) return false
  const curve = curves.get(algorithm)
  return curve === undefined ? kty === 'RSA' : crv === curve
}
