import type { FailureKind, ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { failureKindOf, unexplainedFailure } from '@/lib/protocols/failure-kind.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { textOf } from '@/lib/protocols/json-reading.ts'

/** The type of an error stands in a header, and in `__type` of some answers; the status is enough without it. */
export function readAwsFailure(status: number, body: unknown): ProtocolFailure {
  if (!isJsonObject(body)) return unexplainedFailure(status)
  const type = textOf(body['__type'])?.split('#').at(-1) ?? null
  return {
    kind: exceptions.get(type?.toLowerCase() ?? '')?.kind ?? failureKindOf(status),
    status,
    message: messageOf(body) ?? unexplainedFailure(status).message,
    code: type ?? textOf(body['code']),
    param: null,
  }
}

/** An exception within a stream: its type is the event's name. */
export function readException(type: string, body: JsonObject): ProtocolFailure {
  const { kind, status } = exceptions.get(type.toLowerCase()) ?? unknownException
  return {
    kind,
    status,
    message: messageOf(body) ?? `The stream of the provider ended with ${type}.`,
    code: type,
    param: null,
  }
}

export function writeAwsFailure(failure: ProtocolFailure): JsonObject {
  return { __type: exceptionNames[failure.kind], message: failure.message }
}

/** Within a stream the name begins in lower case. */
export function exceptionNameOf(kind: FailureKind): string {
  return streamExceptionNames[kind]
}

function messageOf(body: JsonObject): string | null {
  const messages = [body['message'], body['Message'], body['originalMessage']].map(textOf)
  return messages.find((message) => message) ?? null
}

interface Exception {
  readonly kind: FailureKind
  readonly status: number
}
const unknownException: Exception = { kind: 'upstream', status: 502 }

/** Amazon Bedrock API reference: errors of Converse and ConverseStream, and those of AWS itself. */
const exceptions: ReadonlyMap<string, Exception> = new Map([
  ['validationexception', { kind: 'invalid-request', status: 400 }],
  ['throttlingexception', { kind: 'rate-limit', status: 429 }],
  ['servicequotaexceededexception', { kind: 'quota', status: 429 }],
  ['serviceunavailableexception', { kind: 'overloaded', status: 503 }],
  ['modelnotreadyexception', { kind: 'overloaded', status: 503 }],
  ['internalserverexception', { kind: 'upstream', status: 500 }],
  ['modelstreamerrorexception', { kind: 'upstream', status: 502 }],
  ['modelerrorexception', { kind: 'upstream', status: 502 }],
  ['modeltimeoutexception', { kind: 'timeout', status: 504 }],
  ['accessdeniedexception', { kind: 'permission', status: 403 }],
  ['resourcenotfoundexception', { kind: 'not-found', status: 404 }],
  ['unrecognizedclientexception', { kind: 'authentication', status: 401 }],
  ['invalidsignatureexception', { kind: 'authentication', status: 401 }],
  ['incompletesignatureexception', { kind: 'authentication', status: 401 }],
  ['expiredtokenexception', { kind: 'authentication', status: 401 }],
  ['missingauthenticationtokenexception', { kind: 'authentication', status: 401 }],
])

const exceptionNames: Readonly<Record<FailureKind, string>> = {
  'invalid-request': 'ValidationException',
  authentication: 'UnrecognizedClientException',
  permission: 'AccessDeniedException',
  'not-found': 'ResourceNotFoundException',
  'too-large': 'ValidationException',
  'rate-limit': 'ThrottlingException',
  quota: 'ServiceQuotaExceededException',
  'content-filter': 'ValidationException',
  overloaded: 'ServiceUnavailableException',
  timeout: 'ModelTimeoutException',
  upstream: 'InternalServerException',
}

/** A stream knows five. */
const streamExceptionNames: Readonly<Record<FailureKind, string>> = {
  'invalid-request': 'validationException',
  authentication: 'validationException',
  permission: 'validationException',
  'not-found': 'validationException',
  'too-large': 'validationException',
  'rate-limit': 'throttlingException',
  quota: 'throttlingException',
  'content-filter': 'validationException',
  overloaded: 'serviceUnavailableException',
  timeout: 'modelStreamErrorException',
  upstream: 'internalServerException',
}
