import type { Instance } from '@/lib/gateway/runtime/instance.ts'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'
import { upstreamHeaders } from '@/lib/gateway/stages/forward/upstream-headers.ts'
import { UpstreamRelay } from '@/lib/gateway/stages/forward/upstream-relay.ts'

const avoidAfterFailedDialMs = 1_000

/**
 * Sends one attempt and relays the answer. Resolves when the answer is over, whole or broken off; throws
 * `UpstreamFailure` while another instance could still answer.
 */
export async function forward(forwarding: Forwarding, instance: Instance, now: number): Promise<void> {
  const { route, exchange, body, runtime } = forwarding
  const { request } = route
  const headers = upstreamHeaders(route, exchange)
  const relay = new UpstreamRelay(forwarding)
  if (body !== null && !Buffer.isBuffer(body) && request.headers.contentLength !== null) {
    headers.push('content-length', String(request.headers.contentLength))
  }
  instance.state.requestsInFlight += 1
  try {
    instance.pool.dispatch(
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
    await relay.done
  } catch (error) {
    if (error instanceof UpstreamFailure && !error.wasSent) {
      instance.state.avoidUntil = now + avoidAfterFailedDialMs
    }
    throw error
  } finally {
    instance.state.requestsInFlight -= 1
  }
}
