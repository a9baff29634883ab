import type { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { upstreamHeaders } from '@/lib/gateway/stages/forward/upstream-headers.ts'
import { UpstreamRelay } from '@/lib/gateway/stages/forward/upstream-relay.ts'

/**
 * Sends one attempt and relays the answer. Resolves when the answer is over, whole or broken off; rejects with
 * `UpstreamFailure` while another instance could still answer. The attempt hears what comes back.
 */
export function forward(forwarding: Forwarding, attempt: Attempt): Promise<void> {
  const { route, exchange, body, runtime } = forwarding
  const { request } = route
  const { instance } = attempt
  const headers = upstreamHeaders(route, exchange)
  const relay = new UpstreamRelay(forwarding, attempt)
  if (body !== null && !Buffer.isBuffer(body) && request.headers.contentLength !== null) {
    headers.push('content-length', String(request.headers.contentLength))
  }
  instance.pool.http1.dispatch(
    {
      path: instance.basePath + route.rest,
      method: request.method,
      headers,
      body,
      bodyTimeout: runtime.limits.upstreamIdleMs,
      ...(exchange.isUpgrade && { upgrade: 'websocket' }),
    },
    relay,
  )
  return relay.done
}
