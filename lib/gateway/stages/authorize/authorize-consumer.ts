import { refusal } from '@/lib/gateway/error.ts'
import { withoutNamed } from '@/lib/gateway/raw-fields.ts'
import type { ConsumerAuthorization } from '@/lib/gateway/runtime/consumers/consumer-authorization.ts'
import type { ConsumerKey, ConsumerRuntime } from '@/lib/gateway/runtime/consumers/consumer-runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { type TakenQuery, takeQuery } from '@/lib/gateway/stages/authorize/take-query.ts'

const howTo =
  'Send the key of a consumer as `Authorization: Bearer <key>` or `x-api-key: <key>`, or where the key says.'
const bearer = /^bearer +/i

/**
 * Notes whose key the request has, and answers it without what proved that where it could be sent on. Throws
 * `credential_missing`, `credential_rejected`, `credential_expired` and `consumer_not_granted`.
 */
export function authorizeConsumer(
  authorization: ConsumerAuthorization,
  request: Admitted,
  notes: { consumer: ConsumerRuntime | null },
  now: number,
): Admitted {
  const query = takeQuery(request.url, authorization.names.queries)
  const key = findKey(authorization, request, query)
  notes.consumer = key.consumer
  if (key.expiresAt !== null && key.expiresAt <= now) {
    throw refusal('credential_expired', 'The key has expired. Use the current key of the consumer.')
  }
  if (!authorization.admits(key)) {
    throw refusal('consumer_not_granted', 'This consumer may not call this API. Have it granted first.')
  }
  return withoutCredentials(authorization, request, query)
}

/** The first that is known decides: clients send headers of their own besides the one that counts. */
function findKey(
  authorization: ConsumerAuthorization,
  { headers }: Admitted,
  query: TakenQuery | null,
): ConsumerKey {
  let isPresented = false
  const known = (place: ConsumerKey['location']['in'], name: string, value: string) => {
    if (value === '') return null
    isPresented = true
    const key = authorization.find(value)
    return key !== undefined && isAt(key, place, name) ? key : null
  }
  for (const [name, value] of query?.taken ?? []) {
    const key = known('query', name, value)
    if (key !== null) return key
  }
  const { endToEnd, authorization: header } = headers
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    const name = (endToEnd[index] as string).toLowerCase()
    const place = name === 'x-api-key' ? 'standard' : authorization.names.headers.has(name) ? 'header' : null
    const key = place && known(place, name, (endToEnd[index + 1] as string).trim())
    if (key !== null) return key
  }
  const scheme = header === null ? null : bearer.exec(header)
  const key = scheme && known('standard', '', (header as string).slice(scheme[0].length).trim())
  if (key !== null) return key
  throw isPresented || header !== null
    ? refusal('credential_rejected', `The key is not valid for this API. ${howTo}`)
    : refusal('credential_missing', `This API needs a key. ${howTo}`)
}

function isAt({ location }: ConsumerKey, place: ConsumerKey['location']['in'], name: string): boolean {
  return location.in === place && (location.in === 'standard' || location.name === name)
}

/** The usual headers are never sent on, so a request that has nothing else stays the same object. */
function withoutCredentials(
  { names }: ConsumerAuthorization,
  request: Admitted,
  query: TakenQuery | null,
): Admitted {
  const { endToEnd } = request.headers
  const kept = names.headers.size === 0 ? endToEnd : withoutNamed(endToEnd, names.headers)
  if (query === null && kept.length === endToEnd.length) return request
  return { ...request, url: query?.url ?? request.url, headers: { ...request.headers, endToEnd: kept } }
}
