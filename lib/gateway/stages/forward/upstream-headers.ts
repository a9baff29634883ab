import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { toGrpcTimeout } from '@/lib/gateway/stages/forward/grpc-timeout.ts'
import { mayTrail } from '@/lib/gateway/stages/forward/may-trail.ts'

/** The header list for one attempt: the caller's end-to-end headers and what the gateway vouches for. */
export function upstreamHeaders({ route, exchange, deadline }: Forwarding): string[] {
  const { request, service } = route
  const { endToEnd, isGrpc } = request.headers
  const headers = isGrpc ? grpcHeaders(endToEnd, deadline.callerMsLeft) : endToEnd.slice()
  headers.push(
    'x-forwarded-for',
    request.forwardedFor,
    'x-forwarded-proto',
    exchange.scheme,
    'x-request-id',
    request.requestId,
  )
  if (request.host !== '') headers.push('x-forwarded-host', request.host)
  const authorization =
    service.upstreamAuthorization ?? (service.forwardAuthorization ? request.headers.authorization : null)
  if (authorization !== null) headers.push('authorization', authorization)
  return headers
}

/** The instance learns how much of the deadline is left; `te` is how gRPC finds proxies that would lose trailers. */
function grpcHeaders(endToEnd: readonly string[], msLeft: number | null): string[] {
  const headers = ['te', 'trailers']
  if (msLeft !== null) headers.push('grpc-timeout', toGrpcTimeout(msLeft))
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    const name = endToEnd[index] as string
    if (name !== 'grpc-timeout') headers.push(name, endToEnd[index + 1] as string)
  }
  return headers
}

/** What may go up of the trailers of a request, names and values in turn. */
export function upstreamTrailers(raw: readonly string[] | null): readonly string[] | null {
  if (raw === null) return null
  const trailers: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] as string).toLowerCase()
    if (!mayTrail(name)) continue
    trailers.push(name, raw[index + 1] as string)
  }
  return trailers
}
