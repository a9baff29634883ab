import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import { fieldOf, withoutNamed } from '@/lib/gateway/raw-fields.ts'
import type { ConsumerAuthorization } from '@/lib/gateway/runtime/consumers/consumer-authorization.ts'
import type { ConsumerKey, ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { type PresentedToken, proveToken } from '@/lib/gateway/stages/authorize/prove-token.ts'
import type { SignedBody } from '@/lib/gateway/stages/authorize/signature/signed-body.ts'
import { verifySignature } from '@/lib/gateway/stages/authorize/signature/verify-signature.ts'
import { type TakenQuery, takeQuery } from '@/lib/gateway/stages/authorize/take-query.ts'
import type { CredentialLocation } from '@/lib/snapshot/consumer-snapshot.ts'

const howTo =
  'Send the key of a consumer as `Authorization: Bearer <key>` or `x-api-key: <key>`, its token as `Authorization: Bearer <token>`, or where its credential says; or sign the request.'
const bearer = /^bearer +/i

/** What proves a consumer. */
interface Proof {
  readonly consumer: ConsumerRuntime
  readonly expiresAt: number | null
}

/** One request on its way to being admitted. */
interface Asking {
  readonly authorization: ConsumerAuthorization
  readonly request: Admitted
  readonly query: TakenQuery | null
  readonly notes: { consumer: ConsumerRuntime | null }
  readonly now: number
}

/**
 * Notes whose credential the request has, and answers it without what proved that where it could be sent on. The first
 * API key that is known decides, then a signature by a known key, then a token. Throws, or rejects with,
 * `credential_missing`, `credential_rejected`, `credential_expired`, `consumer_not_granted`, `signature_replayed` and
 * `issuer_keys_unavailable`.
 */
export function authorizeConsumer(
  authorization: ConsumerAuthorization,
  exchange: Exchange,
  request: Admitted,
  notes: { consumer: ConsumerRuntime | null },
  now: number,
): Admitted | Promise<Admitted> {
  const { credentials } = authorization
  const query = takeQuery(request.url, credentials.queries)
  const asking = { authorization, request, query, notes, now }
  const presented: PresentedToken[] = []
  const key = findKey(asking, presented)
  if (key !== null) return admit(asking, key)
  if (credentials.hmacKeys.size > 0) {
    const signed = verifySignature(credentials, { exchange, request }, now)
    if (signed !== null) return admit(asking, signed.key, signed.body)
  }
  const proof = credentials.jwts.size === 0 ? null : proveToken(authorization, presented, now)
  if (proof === null) throw unknownCaller(asking, exchange, presented.length > 0)
  return proof instanceof Promise ? proof.then((proved) => admit(asking, proved)) : admit(asking, proof)
}

function admit(
  { authorization, request, query, notes, now }: Asking,
  proof: Proof,
  signedBody: SignedBody | null = null,
): Admitted {
  notes.consumer = proof.consumer
  if (proof.expiresAt !== null && proof.expiresAt <= now) {
    throw refusal('credential_expired', 'The key has expired. Use the current key of the consumer.')
  }
  if (!authorization.admits(proof)) {
    throw refusal('consumer_not_granted', 'This consumer may not call this API. Have it granted first.')
  }
  const admitted = withoutCredentials(authorization, request, query)
  return signedBody === null ? admitted : { ...admitted, signedBody }
}

/** The first that is known decides: clients send headers of their own besides the one that counts. */
function findKey({ authorization, request, query }: Asking, presented: PresentedToken[]): ConsumerKey | null {
  const { credentials } = authorization
  const known = (place: CredentialLocation['in'], name: string, value: string) => {
    if (value === '') return null
    const digest = authorization.digestOf(value)
    const key = authorization.find(digest)
    if (key !== undefined && isAt(key, place, name)) return key
    presented.push({ place, name, value, digest })
    return null
  }
  for (const [name, value] of query?.taken ?? []) {
    const key = known('query', name, value)
    if (key !== null) return key
  }
  const { endToEnd, authorization: header } = request.headers
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    const name = (endToEnd[index] as string).toLowerCase()
    const place = name === 'x-api-key' ? 'standard' : credentials.headers.has(name) ? 'header' : null
    const key = place && known(place, name, (endToEnd[index + 1] as string).trim())
    if (key !== null) return key
  }
  const scheme = header === null ? null : bearer.exec(header)
  return scheme && known('standard', 'authorization', (header as string).slice(scheme[0].length).trim())
}

function isAt({ location }: ConsumerKey, place: CredentialLocation['in'], name: string): boolean {
  return location.in === place && (location.in === 'standard' || location.name === name)
}

function unknownCaller({ authorization, request }: Asking, exchange: Exchange, isPresented: boolean): Error {
  const isSigned =
    authorization.credentials.hmacKeys.size > 0 && fieldOf(exchange.rawHeaders, 'signature-input') !== null
  return isPresented || isSigned || request.headers.authorization !== null
    ? refusal('credential_rejected', `The credential is not valid for this API. ${howTo}`)
    : refusal('credential_missing', `This API needs a credential. ${howTo}`)
}

/** The usual headers are never sent on, so a request that has nothing else stays the same object. */
function withoutCredentials(
  { credentials: { taken } }: ConsumerAuthorization,
  request: Admitted,
  query: TakenQuery | null,
): Admitted {
  const { endToEnd } = request.headers
  const kept = taken.size === 0 ? endToEnd : withoutNamed(endToEnd, taken)
  if (query === null && kept.length === endToEnd.length) return request
  return { ...request, url: query?.url ?? request.url, headers: { ...request.headers, endToEnd: kept } }
}
