import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { failureKindOf, statusOfKind, unexplainedFailure } from '@/lib/protocols/failure-kind.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { textOf } from '@/lib/protocols/json-reading.ts'

/** `{ code, message, request_id }`, whatever of Model Studio was called. */
export function readDashscopeFailure(status: number, body: unknown): ProtocolFailure {
  if (!isJsonObject(body)) return unexplainedFailure(status)
  const code = textOf(body['code']) || null
  return {
    kind: kindOf(code) ?? failureKindOf(status),
    status,
    message: textOf(body['message']) || unexplainedFailure(status).message,
    code,
    param: null,
  }
}

/** Answers of 200 may name an empty code. Events of a stream tell their status in a comment only. */
export function dashscopeFailureWithin(body: JsonObject): ProtocolFailure | null {
  const code = textOf(body['code'])
  if (!code || body['output'] !== undefined) return null
  return readDashscopeFailure(statusOfKind(kindOf(code) ?? 'upstream'), body)
}

export function writeDashscopeFailure(failure: ProtocolFailure, requestId: string): JsonObject {
  return { code: codes[failure.kind], message: failure.message, request_id: requestId }
}

function kindOf(code: string | null): FailureKind | null {
  if (code === null) return null
  return kinds.find(([start]) => code.toLowerCase().startsWith(start))?.[1] ?? null
}

/** Model Studio, "Error messages", by how the code begins; the longer beginning first. */
const kinds: ReadonlyArray<readonly [string, FailureKind]> = [
  ['invalidapikey', 'authentication'],
  ['invalid_api_key', 'authentication'],
  ['allocationquota.freetieronly', 'quota'],
  ['arrearage', 'quota'],
  ['prepaidbilloverdue', 'quota'],
  ['postpaidbilloverdue', 'quota'],
  ['accessdenied', 'permission'],
  ['access_denied', 'permission'],
  ['model.accessdenied', 'permission'],
  ['app.accessdenied', 'permission'],
  ['workspace.accessdenied', 'permission'],
  ['modelnotfound', 'not-found'],
  ['model_not_found', 'not-found'],
  ['model_not_supported', 'not-found'],
  ['throttling', 'rate-limit'],
  ['limitrequests', 'rate-limit'],
  ['datainspectionfailed', 'content-filter'],
  ['data_inspection_failed', 'content-filter'],
  ['requesttimeout', 'timeout'],
  ['responsetimeout', 'timeout'],
  ['internalerror.timeout', 'timeout'],
  ['internalerror', 'upstream'],
  ['internal_error', 'upstream'],
  ['modelservicefailed', 'upstream'],
  ['systemerror', 'upstream'],
  ['serviceunavailable', 'overloaded'],
  ['modelservingerror', 'overloaded'],
  ['modelunavailable', 'overloaded'],
  ['invalidparameter', 'invalid-request'],
  ['invalid_parameter', 'invalid-request'],
  ['badrequest', 'invalid-request'],
]

const codes: Readonly<Record<FailureKind, string>> = {
  'invalid-request': 'InvalidParameter',
  authentication: 'InvalidApiKey',
  permission: 'AccessDenied',
  'not-found': 'ModelNotFound',
  'too-large': 'InvalidParameter',
  'rate-limit': 'Throttling.RateQuota',
  quota: 'Arrearage',
  'content-filter': 'DataInspectionFailed',
  overloaded: 'ServiceUnavailable',
  timeout: 'RequestTimeOut',
  upstream: 'InternalError',
}
