import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { failureKindOf, statusOfKind, unexplainedFailure } from '@/lib/protocols/failure-kind.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, textOf } from '@/lib/protocols/json-reading.ts'

export function readAnthropicFailure(status: number, body: unknown): ProtocolFailure {
  return (isJsonObject(body) ? readTold(body, status) : null) ?? unexplainedFailure(status)
}

/** Of a body of status 200, or of an `error` event. */
export function anthropicFailureWithin(body: JsonObject): ProtocolFailure | null {
  return body['type'] === 'error' || isJsonObject(body['error']) ? readTold(body, null) : null
}

function readTold(body: JsonObject, status: number | null): ProtocolFailure | null {
  const error = objectOf(body['error'])
  const type = textOf(error['type'])
  // Servers that took the format over answer `detail` or a message at the top, as their other doors do.
  const message =
    textOf(error['message']) || textOf(body['message']) || textOf(body['detail']) || textOf(body['error'])
  if (type === null && !message) return null
  const kind = kinds.get(type ?? '') ?? (status === null ? 'upstream' : failureKindOf(status))
  return {
    kind,
    status: status ?? statusOfKind(kind),
    message: message || `The provider answered the error ${type}.`,
    code: textOf(error['code']) ?? type,
    param: textOf(error['param']),
  }
}

export function writeAnthropicFailure({ kind, message }: ProtocolFailure, requestId: string): JsonObject {
  return { type: 'error', error: { type: types[kind], message }, request_id: requestId }
}

/** The statuses of Anthropic's table of errors; its clients try again after 429 and 529, not after 402. */
export function anthropicStatusOf({ kind, status }: ProtocolFailure): number {
  if (kind === 'overloaded') return 529
  return kind === 'quota' ? 402 : status
}

const types: Readonly<Record<FailureKind, string>> = {
  'invalid-request': 'invalid_request_error',
  authentication: 'authentication_error',
  permission: 'permission_error',
  'not-found': 'not_found_error',
  'too-large': 'request_too_large',
  'rate-limit': 'rate_limit_error',
  quota: 'billing_error',
  'content-filter': 'invalid_request_error',
  overloaded: 'overloaded_error',
  timeout: 'timeout_error',
  upstream: 'api_error',
}

const kinds: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['invalid_request_error', 'invalid-request'],
  ['authentication_error', 'authentication'],
  ['billing_error', 'quota'],
  ['permission_error', 'permission'],
  ['not_found_error', 'not-found'],
  ['request_too_large', 'too-large'],
  ['rate_limit_error', 'rate-limit'],
  ['timeout_error', 'timeout'],
  ['overloaded_error', 'overloaded'],
  ['api_error', 'upstream'],
])
