import type { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { upstreamHeaders, upstreamTrailers } from '@/lib/gateway/stages/forward/upstream-headers.ts'
import { UpstreamRelay } from '@/lib/gateway/stages/forward/upstream-relay.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'

/**
 * Sends one attempt and relays the answer. Resolves when the answer is over, whole or broken off; rejects with
 * `UpstreamFailure` while another instance could still answer. The attempt hears what comes back.
 */
export function forward(forwarding: Forwarding, attempt: Attempt): Promise<void> {
  const { route, exchange, body, runtime } = forwarding
  const { request, service } = route
  const { instance } = attempt
  const headers = upstreamHeaders(forwarding)
  const relay = new UpstreamRelay(forwarding, attempt)
  if (body !== null && !Buffer.isBuffer(body) && request.headers.contentLength !== null) {
    headers.push('content-length', String(request.headers.contentLength))
  }
  const options: UpstreamRequest = {
    path: instance.basePath + route.rest,
    method: request.method,
    headers,
    body,
    bodyTimeout: runtime.limits.upstreamIdleMs,
  }
  // A WebSocket's handshake with an instance is always that of HTTP/1.1.
  if (exchange.isUpgrade) instance.pool.http1.dispatch({ ...options, upgrade: 'websocket' }, relay)
  else if (service.upstreamHttp === '2' || request.headers.isGrpc) {
    const trailers = () => upstreamTrailers(exchange.requestTrailers)
    instance.pool.http2.dispatch({ ...options, trailers }, relay)
  } else instance.pool.http1.dispatch(options, relay)
  return relay.done
}
