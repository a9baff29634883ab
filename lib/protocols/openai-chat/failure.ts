import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { failureKindOf, statusOfKind, unexplainedFailure } from '@/lib/protocols/failure-kind.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'

/** OpenAI's own shape, and those of the servers that speak its protocol. */
export function readOpenAiFailure(status: number, body: unknown): ProtocolFailure {
  const told = Array.isArray(body) ? body[0] : body
  return (isJsonObject(told) ? readTold(told, status) : null) ?? unexplainedFailure(status)
}

/** An error under a status of 200. */
export function openAiFailureWithin(body: JsonObject): ProtocolFailure | null {
  if (Array.isArray(body['choices']) && (body['error'] ?? null) === null) return null
  const miniMax = numberOf(objectOf(body['base_resp'])['status_code']) ?? 0
  const spark = numberOf(body['code']) ?? 0
  const hasError = isJsonObject(body['error']) || typeof body['error'] === 'string'
  return hasError || miniMax !== 0 || spark !== 0 ? readTold(body, null) : null
}

/** `status` is null within an answer of 200. */
function readTold(body: JsonObject, status: number | null): ProtocolFailure | null {
  const error = objectOf(body['error'])
  const miniMax = objectOf(body['base_resp'])
  const message = firstText(
    error['message'],
    body['error'],
    body['message'],
    body['detail'],
    body['error_msg'],
    miniMax['status_msg'],
  )
  const code =
    googleReason(error) ?? codeOf(error['code']) ?? codeOf(body['code']) ?? codeOf(miniMax['status_code'])
  const type = textOf(error['type']) ?? textOf(body['type'])
  if (message === null && code === null && type === null) return null
  // Google tells a key that is none as 400.
  const known = code === 'API_KEY_INVALID' ? 401 : (status ?? statusIn(code))
  // Numbers of providers are their own: whatever stands under 401 is about the key.
  const kind = known === 401 ? 'authentication' : kindIn(code, type, known)
  return {
    kind,
    status: known ?? statusOfKind(kind),
    message: message ?? `The provider answered the error ${code ?? type}.`,
    code,
    param: textOf(error['param']),
  }
}

function kindIn(code: string | null, type: string | null, known: number | null): FailureKind {
  return kindsOfCodes.get(code ?? '') ?? kindsOfTypes.get(type ?? '') ?? kindOfStatus(known, type)
}

/** Gemini's compatible paths keep `google.rpc.ErrorInfo`. */
function googleReason(error: JsonObject): string | null {
  const reasons = objectsOf(error['details']).map((detail) => textOf(detail['reason']))
  return reasons.find((reason) => reason !== null) ?? null
}

function firstText(...values: ReadonlyArray<JsonValue | undefined>): string | null {
  for (const value of values) if (typeof value === 'string' && value !== '') return value
  return null
}

function codeOf(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** Some servers give the status as the code. */
function statusIn(code: string | null): number | null {
  return code !== null && /^[45]\d\d$/.test(code) ? Number(code) : null
}

function kindOfStatus(status: number | null, type: string | null): FailureKind {
  if (status !== null) return failureKindOf(status)
  return type === 'invalid_request_error' ? 'invalid-request' : 'upstream'
}

export function writeOpenAiFailure(failure: ProtocolFailure, requestId: string): JsonObject {
  const { kind, message, code, param } = failure
  return {
    error: { message, type: types[kind], code: code ?? codes[kind] ?? null, param, request_id: requestId },
  }
}

const types: Readonly<Record<FailureKind, string>> = {
  'invalid-request': 'invalid_request_error',
  authentication: 'authentication_error',
  permission: 'permission_error',
  'not-found': 'not_found_error',
  'too-large': 'request_too_large',
  'rate-limit': 'rate_limit_error',
  quota: 'insufficient_quota',
  'content-filter': 'content_filter_error',
  overloaded: 'overloaded_error',
  timeout: 'timeout_error',
  upstream: 'server_error',
}

const codes: Partial<Readonly<Record<FailureKind, string>>> = {
  authentication: 'invalid_api_key',
  'rate-limit': 'rate_limit_exceeded',
  quota: 'insufficient_quota',
  'content-filter': 'content_filter',
}

/** `invalid_request_error` is left out: it stands under many a status, which says more. */
const kindsOfTypes: ReadonlyMap<string, FailureKind> = new Map([
  ...Object.entries(types)
    .filter(([kind]) => kind !== 'invalid-request')
    .map(([kind, type]): [string, FailureKind] => [type, kind as FailureKind]),
  ['api_error', 'upstream'],
  ['internal_server_error', 'upstream'],
  ['service_unavailable', 'overloaded'],
  ['engine_overloaded_error', 'overloaded'],
  ['rate_limit_reached_error', 'rate-limit'],
  ['exceeded_current_quota_error', 'quota'],
  ['content_filter', 'content-filter'],
])

const kindsOfCodes: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['invalid_api_key', 'authentication'],
  ['rate_limit_exceeded', 'rate-limit'],
  ['insufficient_quota', 'quota'],
  ['content_filter', 'content-filter'],
  ['content_policy_violation', 'content-filter'],
  ['data_inspection_failed', 'content-filter'],
  ['model_not_found', 'not-found'],
  ['context_length_exceeded', 'invalid-request'],
  // Zhipu.
  ['1113', 'quota'],
  ['1211', 'not-found'],
  ['1301', 'content-filter'],
  // MiniMax.
  ['1002', 'rate-limit'],
  ['1004', 'authentication'],
  ['1008', 'quota'],
  ['1027', 'content-filter'],
  // Spark.
  ['10013', 'content-filter'],
  ['10014', 'content-filter'],
  ['11200', 'permission'],
  ['11201', 'quota'],
  ['11202', 'rate-limit'],
  ['11203', 'rate-limit'],
])
