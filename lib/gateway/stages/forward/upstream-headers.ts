import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'

/** The header list for one attempt: the caller's end-to-end headers and what the gateway vouches for. */
export function upstreamHeaders(route: Route, exchange: Exchange): string[] {
  const { request, service } = route
  const headers = request.headers.endToEnd.slice()
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
