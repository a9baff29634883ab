import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { failureKindOf, unexplainedFailure } from '@/lib/protocols/failure-kind.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, textOf } from '@/lib/protocols/json-reading.ts'

/** `{ code, message, status }`, of chats and workflows alike. */
export function readDifyFailure(status: number, body: unknown): ProtocolFailure {
  if (!isJsonObject(body)) return unexplainedFailure(status)
  const code = textOf(body['code']) || null
  return {
    kind: kinds.get(code ?? '') ?? failureKindOf(status),
    status,
    message: textOf(body['message']) || unexplainedFailure(status).message,
    code,
    param: textOf(body['params']) || null,
  }
}

/** An event `error` holds the same. */
export function readErrorEvent(event: JsonObject): ProtocolFailure {
  const status = numberOf(event['status']) ?? 0
  return readDifyFailure(Number.isInteger(status) && status >= 400 && status <= 599 ? status : 502, event)
}

/** Of a workflow, or of a chat that runs one. */
export function failedRun(message: string | null): ProtocolFailure {
  return {
    kind: 'upstream',
    status: 502,
    message: message || 'The workflow failed without saying why.',
    code: 'workflow_failed',
    param: null,
  }
}

const kinds: ReadonlyMap<string, FailureKind> = new Map([
  ['unauthorized', 'authentication'],
  ['invalid_param', 'invalid-request'],
  ['bad_request', 'invalid-request'],
  ['app_unavailable', 'not-found'],
  ['not_found', 'not-found'],
  ['provider_not_initialize', 'permission'],
  ['provider_quota_exceeded', 'quota'],
  ['model_currently_not_support', 'invalid-request'],
  ['completion_request_error', 'upstream'],
  ['workflow_request_error', 'upstream'],
  ['too_many_requests', 'rate-limit'],
  ['rate_limit_error', 'rate-limit'],
  ['internal_server_error', 'upstream'],
])
