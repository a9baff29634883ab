/**
 * Every way in which the gateway itself answers a request. One row per code; nothing else knows a status.
 * `client` errors are the caller's to fix, `gateway` ones the operator's, `upstream` ones the service owner's.
 */
interface GatewayErrorRow {
  readonly status: number
  readonly source: 'client' | 'gateway' | 'upstream'
  /** The `type` of the OpenAI error shape. */
  readonly type:
    | 'invalid_request_error'
    | 'authentication_error'
    | 'not_found_error'
    | 'rate_limit_error'
    | 'api_error'
  /** Seconds for `Retry-After` unless the error says otherwise; null sends none. */
  readonly retryAfterSeconds: number | null
}

const invalid = { source: 'client', type: 'invalid_request_error', retryAfterSeconds: null } as const
const unauthorized = {
  status: 401,
  source: 'client',
  type: 'authentication_error',
  retryAfterSeconds: null,
} as const
const unavailable = { status: 503, source: 'gateway', type: 'api_error' } as const
const upstream = { source: 'upstream', type: 'api_error', retryAfterSeconds: null } as const

export const gatewayErrors = {
  malformed_request: { ...invalid, status: 400 },
  invalid_request: { ...invalid, status: 400 },
  content_blocked: { ...invalid, status: 400 },
  self_test_rejected: { ...invalid, status: 403 },
  operation_not_supported: { ...invalid, status: 400 },
  method_not_supported: { ...invalid, status: 405 },
  request_timed_out: { ...invalid, status: 408 },
  body_too_large: { ...invalid, status: 413 },
  url_too_long: { ...invalid, status: 414 },
  expectation_failed: { ...invalid, status: 417 },
  headers_too_large: { ...invalid, status: 431 },
  version_not_supported: { ...invalid, status: 505 },
  credential_missing: unauthorized,
  credential_rejected: unauthorized,
  credential_expired: unauthorized,
  signature_replayed: unauthorized,
  digest_mismatch: { ...invalid, status: 400 },
  consumer_not_granted: { ...invalid, status: 403 },
  address_not_allowed: { ...invalid, status: 403 },
  https_required: { ...invalid, status: 403 },
  security_group_denied: { ...invalid, status: 403 },
  challenge_not_found: { ...invalid, status: 404, type: 'not_found_error' },
  service_not_found: { ...invalid, status: 404, type: 'not_found_error' },
  model_api_disabled: { ...invalid, status: 404, type: 'not_found_error' },
  route_not_found: { ...invalid, status: 404, type: 'not_found_error' },
  model_not_routed: { ...invalid, status: 404, type: 'not_found_error' },
  rate_limited: { ...invalid, status: 429, type: 'rate_limit_error', retryAfterSeconds: 1 },
  quota_exceeded: { ...invalid, status: 429, type: 'rate_limit_error', retryAfterSeconds: 86_400 },
  /** 450 is what EAS answers when an instance's queue is full. */
  queue_full: { ...unavailable, status: 450, type: 'rate_limit_error', retryAfterSeconds: 1 },
  queue_timed_out: { ...unavailable, retryAfterSeconds: 1 },
  overloaded: { ...unavailable, retryAfterSeconds: 1 },
  grpc_not_enabled: { ...invalid, status: 415 },
  service_stopped: { ...unavailable, retryAfterSeconds: 30 },
  no_ready_instance: { ...unavailable, retryAfterSeconds: 5 },
  not_configured: { ...unavailable, retryAfterSeconds: 2 },
  issuer_keys_unavailable: { ...unavailable, retryAfterSeconds: 5 },
  moderation_unavailable: { ...unavailable, source: 'upstream', retryAfterSeconds: 1 },
  upstream_unreachable: { ...unavailable, source: 'upstream', retryAfterSeconds: 1 },
  upstream_bad_answer: { ...upstream, status: 502 },
  upstream_credential_rejected: { ...upstream, status: 502 },
  egress_denied: { ...upstream, status: 502, source: 'gateway' },
  upstream_timed_out: { ...upstream, status: 504 },
  first_packet_timed_out: { ...upstream, status: 504 },
  internal_error: { status: 500, source: 'gateway', type: 'api_error', retryAfterSeconds: null },
} as const satisfies Record<string, GatewayErrorRow>

export type GatewayErrorCode = keyof typeof gatewayErrors

export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: GatewayErrorCode
  /** Shown to the caller. Never holds hosts, credentials or upstream text. */
  readonly publicMessage: string
  /** Overrides the row's. */
  readonly retryAfterSeconds: number | null
  /** The field at fault; null where there is none. */
  readonly param: string | null
  /** The methods there are, where another one was used (RFC 9110 §15.5.6); else null. */
  readonly allow: string | null
  /** Names and values in turn, besides what every error answer has. */
  readonly headers: readonly string[]

  constructor(
    code: GatewayErrorCode,
    publicMessage: string,
    options: {
      internal?: string
      cause?: unknown
      retryAfterSeconds?: number
      param?: string | null
      allow?: string
      headers?: readonly string[]
    } = {},
  ) {
    super(options.internal ?? publicMessage, { cause: options.cause })
    this.code = code
    this.publicMessage = publicMessage
    const row: GatewayErrorRow = gatewayErrors[code]
    this.param = options.param ?? null
    this.allow = options.allow ?? null
    this.headers = options.headers ?? noHeaders
    this.retryAfterSeconds = options.retryAfterSeconds ?? row.retryAfterSeconds
  }
}

const noHeaders: readonly string[] = []

/** Anything else that is thrown is a bug here: it fails the request at hand, never the process. */
export function asGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown
  return new GatewayError('internal_error', 'The gateway failed on this request.', { cause: thrown })
}

/** A refusal is an expected answer, so it skips the cost of a stack trace: 401s arrive at line rate. */
export function refusal(
  code: GatewayErrorCode,
  publicMessage: string,
  retryAfterSeconds?: number,
): GatewayError {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return new GatewayError(code, publicMessage, retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

export interface ErrorAnswer {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: string[]
  readonly body: Buffer
}

/** The protocols in which errors are told. Every EAS endpoint speaks OpenAI's. */
export type ErrorShape = 'openai' | 'anthropic' | 'model-studio'

export function toErrorAnswer(
  error: GatewayError,
  requestId: string,
  shape: ErrorShape = 'openai',
): ErrorAnswer {
  const row: GatewayErrorRow = gatewayErrors[error.code]
  const told = shapes[shape](error, row, requestId)
  const body = Buffer.from(JSON.stringify(told))
  const headers = [
    'content-type',
    'application/json',
    'content-length',
    String(body.length),
    'x-request-id',
    requestId,
    'x-switchyard-error-source',
    row.source,
  ]
  if (error.retryAfterSeconds !== null) headers.push('retry-after', String(error.retryAfterSeconds))
  if (error.allow !== null) headers.push('allow', error.allow)
  headers.push(...error.headers)
  if (row.status === 401) headers.push('www-authenticate', 'Bearer')
  return { status: row.status, headers, body }
}

const shapes = { openai: openAiError, anthropic: anthropicError, 'model-studio': modelStudioError } as const

function openAiError(
  { publicMessage, code, param }: GatewayError,
  { type }: GatewayErrorRow,
  requestId: string,
) {
  return { error: { message: publicMessage, type, code, param, request_id: requestId } }
}

function anthropicError({ publicMessage }: GatewayError, { status }: GatewayErrorRow, requestId: string) {
  const type = anthropicTypes.get(status) ?? (status < 500 ? 'invalid_request_error' : 'api_error')
  return { type: 'error', error: { type, message: publicMessage }, request_id: requestId }
}

/** As Model Studio's own API tells errors; codes are the gateway's. */
function modelStudioError({ publicMessage, code }: GatewayError, _row: GatewayErrorRow, requestId: string) {
  return { code, message: publicMessage, request_id: requestId }
}

/** As Anthropic's own errors are named, by status. */
const anthropicTypes: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [450, 'rate_limit_error'],
  [503, 'overloaded_error'],
  [504, 'timeout_error'],
])
