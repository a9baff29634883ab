import * as z from 'zod'
import type { TestRequestResult } from '@/lib/domain/test-request.ts'

/** Why a call did not work and what helps. Pages translate by `kind`. */
export type TestRequestHint =
  | {
      readonly kind:
        | 'unanswered'
        | 'unauthorized'
        | 'forbidden'
        | 'notWhitelisted'
        | 'badAnswer'
        | 'noInstance'
        | 'serverError'
    }
  | { readonly kind: 'wrongPath'; readonly path: string }
  | { readonly kind: 'notFound' | 'rejected' | 'rateLimited' | 'queueFull' }
  | { readonly kind: 'queueTimedOut' | 'overloaded' | 'stopped' }
  | { readonly kind: 'tooLarge'; readonly bytesMax: number }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }

interface Known {
  /** The path that was called. */
  readonly calledPath: string
  /** The path at which the service is known to answer. */
  readonly usualPath: string
  readonly requestBodyBytesMax: number
  readonly requestTimeoutMs: number
}

/** Null for an answer that needs no explanation. */
export function testRequestHint(
  { status, body }: Pick<TestRequestResult, 'status' | 'body'>,
  known: Known,
): TestRequestHint | null {
  if (status === null) return { kind: 'unanswered' }
  if (status < 400) return null
  const samePath = known.calledPath === known.usualPath
  switch (status) {
    case 401:
      return { kind: 'unauthorized' }
    case 403:
      return { kind: errorCode(body) === 'address_not_allowed' ? 'notWhitelisted' : 'forbidden' }
    case 404:
    case 405:
      return samePath ? { kind: 'notFound' } : { kind: 'wrongPath', path: known.usualPath }
    case 413:
      return { kind: 'tooLarge', bytesMax: known.requestBodyBytesMax }
    case 429:
      return { kind: 'rateLimited' }
    case 450:
      return { kind: 'queueFull' }
    case 502:
      return { kind: 'badAnswer' }
    case 503:
      return { kind: unavailable[errorCode(body)] ?? 'noInstance' }
    case 408:
    case 504:
      return { kind: 'timeout', timeoutMs: known.requestTimeoutMs }
    default:
      return { kind: status < 500 ? 'rejected' : 'serverError' }
  }
}

/** What else a gateway means by 503. */
const unavailable: Readonly<Record<string, 'queueTimedOut' | 'overloaded' | 'stopped'>> = {
  queue_timed_out: 'queueTimedOut',
  overloaded: 'overloaded',
  service_stopped: 'stopped',
}

const errorBody = z.object({ error: z.object({ code: z.string() }) })

function errorCode(body: string): string {
  try {
    const parsed = errorBody.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data.error.code : ''
  } catch {
    return ''
  }
}
