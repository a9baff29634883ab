import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { failureKindOf, unexplainedFailure } from '@/lib/protocols/failure-kind.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'

/** Reads Google's `google.rpc.Status`, alone or as the first of an array, as streams without `alt=sse` send it. */
export function readGoogleFailure(status: number, body: unknown): ProtocolFailure {
  const whole: unknown = Array.isArray(body) ? body[0] : body
  if (!isJsonObject(whole) || !isJsonObject(whole['error'])) return unexplainedFailure(status)
  return fromStatus(status, whole['error'])
}

/** The error that a chunk or an answer of 200 holds. */
export function googleFailureWithin(body: JsonObject): ProtocolFailure | null {
  const error = body['error']
  if (!isJsonObject(error)) return null
  const code = numberOf(error['code']) ?? 0
  return fromStatus(Number.isInteger(code) && code >= 400 && code <= 599 ? code : 502, error)
}

export function writeGoogleFailure(failure: ProtocolFailure): JsonObject {
  const error: JsonObject = {
    code: failure.status,
    message: failure.message,
    status: statusNames[failure.kind],
  }
  if (failure.param !== null) {
    error['details'] = [
      {
        '@type': 'type.googleapis.com/google.rpc.BadRequest',
        fieldViolations: [{ field: failure.param, description: failure.message }],
      },
    ]
  }
  return { error }
}

function fromStatus(httpStatus: number, error: JsonObject): ProtocolFailure {
  const name = textOf(error['status'])
  const details = objectsOf(error['details'])
  const reason = details.map((detail) => textOf(detail['reason'])).find((text) => text !== null) ?? null
  const violations = details.flatMap((detail) => objectsOf(detail['fieldViolations']))
  // A key that is not one is told as 400 INVALID_ARGUMENT.
  const isKeyRefused = reason === 'API_KEY_INVALID'
  const status = isKeyRefused ? 401 : httpStatus
  return {
    kind: isKeyRefused ? 'authentication' : (kinds.get(name ?? '') ?? failureKindOf(status)),
    status,
    message: textOf(error['message']) || unexplainedFailure(status).message,
    code: reason ?? name,
    param: textOf(objectOf(violations[0])['field']),
  }
}

const kinds: ReadonlyMap<string, FailureKind> = new Map([
  ['INVALID_ARGUMENT', 'invalid-request'],
  ['FAILED_PRECONDITION', 'invalid-request'],
  ['OUT_OF_RANGE', 'invalid-request'],
  ['UNAUTHENTICATED', 'authentication'],
  ['PERMISSION_DENIED', 'permission'],
  ['NOT_FOUND', 'not-found'],
  ['RESOURCE_EXHAUSTED', 'rate-limit'],
  ['UNAVAILABLE', 'overloaded'],
  ['DEADLINE_EXCEEDED', 'timeout'],
  ['INTERNAL', 'upstream'],
  ['UNKNOWN', 'upstream'],
])

const statusNames: Readonly<Record<FailureKind, string>> = {
  'invalid-request': 'INVALID_ARGUMENT',
  authentication: 'UNAUTHENTICATED',
  permission: 'PERMISSION_DENIED',
  'not-found': 'NOT_FOUND',
  'too-large': 'INVALID_ARGUMENT',
  'rate-limit': 'RESOURCE_EXHAUSTED',
  quota: 'RESOURCE_EXHAUSTED',
  'content-filter': 'INVALID_ARGUMENT',
  overloaded: 'UNAVAILABLE',
  timeout: 'DEADLINE_EXCEEDED',
  upstream: 'INTERNAL',
}
