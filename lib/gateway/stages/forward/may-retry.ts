import { Readable } from 'node:stream'
import type { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * An attempt may be repeated only if acting twice is impossible or harmless: nothing was sent, or the method is
 * safe and there is no body (RFC 9110 §9.2.2). A timeout after sending is neither. A streamed body that was
 * begun is gone.
 */
export function mayRetry(failure: UpstreamFailure, method: string, body: Buffer | Readable | null): boolean {
  const { code } = failure.gatewayError
  if (code === 'egress_denied') return true
  if (!failure.wasSent) return !(body instanceof Readable && (body.destroyed || body.readableDidRead))
  return code === 'upstream_bad_answer' && body === null && safeMethods.has(method)
}
