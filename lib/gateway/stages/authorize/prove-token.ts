import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { ConsumerAuthorization } from '@/lib/gateway/runtime/consumers/consumer-authorization.ts'
import type { TokenHeader } from '@/lib/gateway/runtime/consumers/verification-keys.ts'
import type { JwtCredential } from '@/lib/gateway/runtime/consumers/workspace-credentials.ts'
import type { CredentialLocation } from '@/lib/snapshot/consumer-snapshot.ts'

/** What may be a token: text that stands where credentials do, and is no known key. */
export interface PresentedToken {
  readonly place: CredentialLocation['in']
  /** Of the header or query parameter. */
  readonly name: string
  readonly value: string
  /** Of the value, bound to the workspace. */
  readonly digest: string
}

/** Longer ones are refused before anything of them is read. */
const charactersMax = 8_192
const form = /^(?:bearer +)?([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i

/** A token that says whom it is for, which nothing has proved yet. */
interface Claiming {
  readonly token: string
  readonly digest: string
  readonly header: TokenHeader
  readonly candidates: readonly JwtCredential[]
}

/**
 * Whose token (RFC 7519) was presented: at once where it was proved before. Null where none names a consumer of the
 * workspace. Rejects with `credential_rejected`, `credential_expired` and `issuer_keys_unavailable`.
 */
export function proveToken(
  authorization: ConsumerAuthorization,
  presented: readonly PresentedToken[],
  now: number,
): JwtCredential | Promise<JwtCredential> | null {
  const claiming: Claiming[] = []
  for (const one of presented) {
    const verified = authorization.verified.find(one.digest, now)
    if (verified !== undefined && isAt(verified, one)) return verified
    const read = readToken(authorization, one)
    if (read !== null) claiming.push(read)
  }
  return claiming.length === 0 ? null : proveFirst(authorization, claiming, now)
}

/** What it says decides only which keys are asked: of strangers no signature is verified, and no key is fetched. */
function readToken(authorization: ConsumerAuthorization, presented: PresentedToken): Claiming | null {
  const { value, digest } = presented
  const token = value.length > charactersMax ? undefined : form.exec(value)?.[1]
  if (token === undefined) return null
  let claims: JWTPayload
  let header: { readonly alg?: unknown; readonly kid?: unknown }
  try {
    header = decodeProtectedHeader(token)
    claims = decodeJwt(token)
  } catch {
    return null
  }
  const { alg, kid } = header
  if (typeof alg !== 'string' || (kid !== undefined && typeof kid !== 'string')) return null
  const candidates: JwtCredential[] = []
  for (const [claim, values] of authorization.credentials.jwts) {
    for (const credential of values.get(textOf(claims, claim) ?? '') ?? []) {
      if (isAt(credential, presented) && isMeant(credential, claims)) candidates.push(credential)
    }
  }
  return candidates.length === 0 ? null : { token, digest, header: { alg, kid }, candidates }
}

async function proveFirst(
  authorization: ConsumerAuthorization,
  claiming: readonly Claiming[],
  now: number,
): Promise<JwtCredential> {
  let failure: Error | null = null
  for (const { token, digest, header, candidates } of claiming) {
    for (const credential of candidates) {
      try {
        const version = credential.keys.versionAt(now)
        const payload = await verify(token, header, credential, now)
        // Keys that have changed meanwhile may be others than those that it was proved by.
        if (version === credential.keys.versionAt(now)) {
          remember(authorization, digest, credential, version, payload)
        }
        return credential
      } catch (error) {
        failure ??= toRefusal(error)
      }
    }
  }
  throw failure ?? rejected
}

/** Throws what `jose` throws, and `issuer_keys_unavailable`. */
async function verify(
  token: string,
  header: TokenHeader,
  { keys, algorithms, issuer, audience, claim, value, clockSkewSeconds }: JwtCredential,
  now: number,
): Promise<JWTPayload> {
  const options = {
    algorithms: [...algorithms],
    ...(issuer !== null && { issuer }),
    ...(audience !== null && { audience }),
    clockTolerance: clockSkewSeconds,
    requiredClaims: ['exp', claim],
    currentDate: new Date(now),
  }
  // Before any key is looked for: whatever the header says, only what is allowed is tried.
  if (!algorithms.includes(header.alg)) throw new errors.JOSEAlgNotAllowed('The algorithm is not allowed.')
  let failure: unknown = new errors.JWKSNoMatchingKey()
  for (const key of await keys.find(header, now)) {
    try {
      const { payload } = await jwtVerify(token, key, options)
      if (textOf(payload, claim) === value) return payload
    } catch (error) {
      failure = error
      // What a proved token says is wrong whichever key proves it.
      if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed) break
    }
  }
  throw failure
}

function remember(
  authorization: ConsumerAuthorization,
  digest: string,
  credential: JwtCredential,
  version: number | null,
  { exp = 0 }: JWTPayload,
): void {
  const until = (exp + credential.clockSkewSeconds) * 1000
  if (version !== null) authorization.verified.add(digest, { credential, version, until })
}

/** `standard` is the header that the token's own standard names (RFC 6750). */
function isAt({ location }: JwtCredential, { place, name }: PresentedToken): boolean {
  if (location.in !== place) return false
  return name === (location.in === 'standard' ? 'authorization' : location.name)
}

function isMeant({ issuer }: JwtCredential, { iss }: JWTPayload): boolean {
  return issuer === null || iss === issuer
}

/** Issuers number their subjects, too. Null where it is neither text nor a whole number. */
function textOf(claims: JWTPayload, claim: string): string | null {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  if (typeof value === 'string') return value
  return Number.isSafeInteger(value) ? String(value) : null
}

const rejected = refusal(
  'credential_rejected',
  'The token is not valid for this API: its signature, issuer or audience is another one, or its algorithm is not allowed.',
)

function toRefusal(error: unknown): Error {
  if (error instanceof errors.JWTExpired) {
    return refusal('credential_expired', 'The token has expired. Get a new one from its issuer.')
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') {
    return refusal('credential_rejected', 'The token is not valid yet.')
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'exp') {
    return refusal('credential_rejected', 'The token does not say when it expires, which this API needs.')
  }
  return error instanceof GatewayError ? error : rejected
}
