import type { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { upstreamHeaders, upstreamTrailers } from '@/lib/gateway/stages/forward/upstream-headers.ts'
import { upstreamPath } from '@/lib/gateway/stages/forward/upstream-path.ts'
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
  const path = upstreamPath(instance.basePath, route.rest)
  const relay = new UpstreamRelay(forwarding, attempt)
  const isStreamed = body !== null && !Buffer.isBuffer(body)
  const options: UpstreamRequest = {
    method: request.method,
    path,
    headers: upstreamHeaders(forwarding),
    body,
    contentLength: request.headers.contentLength,
    isUpgrade: exchange.isUpgrade,
    bodyTimeoutMs: runtime.limits.upstreamIdleMs,
    trailers: isStreamed ? () => upstreamTrailers(exchange.requestTrailers) : null,
  }
  const isHttp2 = (service.upstreamHttp === '2' || request.headers.isGrpc) && !exchange.isUpgrade
  if (isHttp2) instance.pool.http2.dispatch(options, relay)
  else instance.pool.http1.dispatch(options, relay)
  return relay.done
}
