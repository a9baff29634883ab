import { Readable } from 'node:stream'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import type { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

/** What the decision looks at. */
export type Repeatable = Pick<Forwarding, 'body'> & {
  readonly route: {
    readonly request: Pick<Forwarding['route']['request'], 'method'>
    readonly service: Pick<Forwarding['route']['service'], 'retries'>
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Answers that another instance may well do better than. */
const passingStatuses = new Set([502, 503, 504])

/**
 * An attempt without an answer may be repeated only if acting twice is impossible or harmless: nothing was sent, or
 * the method is safe and there is no body (RFC 9110 §9.2.2), or the service says that its requests are idempotent.
 * A streamed body that was begun is gone.
 */
export function mayRetry(failure: UpstreamFailure, { body, route }: Repeatable): boolean {
  if (body instanceof Readable && (body.destroyed || body.readableDidRead)) return false
  const { code } = failure.gatewayError
  if (code === 'egress_denied') return true
  if (failure.told === null) return false
  if (!failure.wasSent) return true
  if (body instanceof Readable) return false
  if (route.service.retries.idempotent) return true
  return code === 'upstream_bad_answer' && body === null && safeMethods.has(route.request.method)
}

/** An answer that came shows that the instance may have acted, so only the service's word allows a repetition. */
export function mayRepeatAnswered(status: number, { body, route }: Repeatable): boolean {
  return route.service.retries.idempotent && passingStatuses.has(status) && !(body instanceof Readable)
}
