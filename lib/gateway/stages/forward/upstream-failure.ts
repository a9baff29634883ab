import { GatewayError, type GatewayErrorCode } from '@/lib/gateway/error.ts'
import { failureReason } from '@/lib/gateway/runtime/health/failure-reason.ts'
import type { FailureClass } from '@/lib/gateway/runtime/health/verdict.ts'
import { UpstreamError } from '@/lib/gateway/upstream/http1/upstream-error.ts'
import { RequestRefused } from '@/lib/gateway/upstream/http2/request-refused.ts'

/** A failure that an instance is to blame for. */
export interface ToldFailure {
  readonly class: FailureClass
  readonly reason: string
}

/** An attempt that ended before any byte of an answer. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure'
  /** False: no connection was made, so the instance cannot have acted on anything. */
  readonly wasSent: boolean
  readonly gatewayError: GatewayError
  /** Null where the instance is not to blame. */
  readonly told: ToldFailure | null
  /** The connection had served others before, and was being closed, or perhaps was, just as the request was sent. */
  readonly isStale: boolean

  constructor(cause: Error, wasSent: boolean) {
    super('The attempt failed before an answer began.', { cause })
    this.wasSent = wasSent
    this.gatewayError = toGatewayError(cause, wasSent)
    this.told = failureOf(cause, wasSent)
    this.isStale = cause instanceof RequestRefused || (wasSent && isStale(cause))
  }
}

/** An answer that came and was not relayed, because another instance gets the request. */
export class AnswerDeclined extends Error {
  override readonly name = 'AnswerDeclined'
  readonly status: number

  constructor(status: number) {
    super(`The instance answered ${status}.`)
    this.status = status
  }
}

const timeouts = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ANSWER_FELL_SILENT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])

const messages = {
  malformed_request: 'The request holds something that cannot be sent on.',
  egress_denied: 'The service resolves to an address that this gateway may not dial.',
  upstream_timed_out: 'The service did not answer in time.',
  upstream_unreachable: 'The service could not be reached.',
  upstream_bad_answer: 'The service closed the connection or sent an answer that is not valid HTTP.',
} as const satisfies Partial<Record<GatewayErrorCode, string>>

/** What a cause says about the instance, before its answer (`wasSent` or not) or within it. */
export function failureOf(cause: Error, wasSent: boolean): ToldFailure | null {
  const code = cause instanceof GatewayError ? cause.code : failureCode(codesOf(cause), wasSent)
  if (code === 'malformed_request' || codesOf(cause).includes('POOL_CLOSED')) return null
  if (cause instanceof GatewayError && code !== 'upstream_timed_out') return null
  if (!wasSent) return { class: 'connect', reason: failureReason(cause, 'No connection') }
  return code === 'upstream_timed_out'
    ? { class: 'timeout', reason: failureReason(cause, 'No answer in time') }
    : { class: 'serverError', reason: failureReason(cause, 'Connection broke off') }
}

function isStale(cause: Error): boolean {
  if (cause instanceof UpstreamError) return cause.isStale
  const codes = codesOf(cause)
  return codes.includes('ECONNRESET') || codes.includes('EPIPE')
}

function toGatewayError(cause: Error, wasSent: boolean): GatewayError {
  if (cause instanceof GatewayError) return cause
  const code = failureCode(codesOf(cause), wasSent)
  return new GatewayError(code, messages[code], { cause })
}

function failureCode(codes: readonly string[], wasSent: boolean): keyof typeof messages {
  if (codes.includes('EGRESS_DENIED')) return 'egress_denied'
  if (codes.includes('REQUEST_UNSENDABLE') || codes.includes('UND_ERR_INVALID_ARG'))
    return 'malformed_request'
  if (codes.includes('UPSTREAM_NOT_HTTP2')) return 'upstream_bad_answer'
  if (codes.some((code) => timeouts.has(code))) return 'upstream_timed_out'
  return wasSent ? 'upstream_bad_answer' : 'upstream_unreachable'
}

/** A dial that tried several addresses fails with one error that holds the others. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return error instanceof AggregateError ? [...own, ...error.errors.flatMap(codesOf)] : own
}
