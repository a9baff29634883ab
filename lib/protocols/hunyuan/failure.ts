import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { failureKindOf, statusOfKind, unexplainedFailure } from '@/lib/protocols/failure-kind.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { objectOf, textOf } from '@/lib/protocols/json-reading.ts'

/** Tencent Cloud answers 200 with `Response.Error`, whatever went wrong. */
export function readHunyuanFailure(status: number, body: unknown): ProtocolFailure {
  if (!isJsonObject(body)) return unexplainedFailure(status)
  return hunyuanFailureWithin(body, status) ?? unexplainedFailure(status)
}

/** In answers `Response.Error`; in streams also `ErrorMsg`, with a number for its code. */
export function hunyuanFailureWithin(body: JsonObject, status = 200): ProtocolFailure | null {
  const response = isJsonObject(body['Response']) ? body['Response'] : body
  const error = objectOf(response['Error'] ?? response['ErrorMsg'] ?? undefined)
  const code = codeOf(error['Code'])
  const message = textOf(error['Message']) || textOf(error['Msg'])
  if (code === null && !message) return null
  const kind = kindOf(code) ?? (status >= 400 ? failureKindOf(status) : 'upstream')
  return {
    kind,
    status: status >= 400 ? status : statusOfKind(kind),
    message: message || `The provider answered ${code} without saying why.`,
    code,
    param: null,
  }
}

function codeOf(code: JsonValue | undefined): string | null {
  if (typeof code === 'number' && code !== 0) return String(code)
  return textOf(code) || null
}

function kindOf(code: string | null): FailureKind | null {
  if (code === null) return null
  return kinds.find(([start]) => code.startsWith(start))?.[1] ?? null
}

/** Tencent Cloud API 3.0, common errors and those of Hunyuan, by how the code begins; the longer beginning first. */
const kinds: ReadonlyArray<readonly [string, FailureKind]> = [
  ['AuthFailure.UnauthorizedOperation', 'permission'],
  ['AuthFailure', 'authentication'],
  ['UnauthorizedOperation', 'permission'],
  ['OperationDenied.TextIllegal', 'content-filter'],
  ['OperationDenied.ImageIllegal', 'content-filter'],
  ['OperationDenied', 'permission'],
  ['FailedOperation.EngineRequestTimeout', 'timeout'],
  ['FailedOperation.EngineServerLimitExceeded', 'rate-limit'],
  ['FailedOperation.EngineServerError', 'upstream'],
  ['FailedOperation.FreeResourcePackExhausted', 'quota'],
  ['FailedOperation.ResourcePackExhausted', 'quota'],
  ['FailedOperation.ServiceNotActivated', 'permission'],
  ['FailedOperation.ServiceStop', 'quota'],
  ['FailedOperation.UserUnAuthError', 'permission'],
  ['FailedOperation', 'upstream'],
  ['InternalError', 'upstream'],
  ['InvalidParameterValue.Model', 'not-found'],
  ['InvalidParameter', 'invalid-request'],
  ['MissingParameter', 'invalid-request'],
  ['UnknownParameter', 'invalid-request'],
  ['UnsupportedOperation', 'invalid-request'],
  ['LimitExceeded', 'rate-limit'],
  ['RequestLimitExceeded', 'rate-limit'],
  ['RequestSizeLimitExceeded', 'too-large'],
  ['ResourceInsufficient.ChargeResourceExhaust', 'quota'],
  ['ResourceInsufficient', 'rate-limit'],
  ['ResourceNotFound', 'not-found'],
  ['ResourceUnavailable', 'overloaded'],
]
