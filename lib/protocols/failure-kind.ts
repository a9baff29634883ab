import type { FailureKind, ProtocolFailure } from './canonical.ts'

/** What an HTTP status means where a provider's own code says no more. */
export function failureKindOf(status: number): FailureKind {
  return kinds.get(status) ?? (status >= 400 && status < 500 ? 'invalid-request' : 'upstream')
}

/** The HTTP status that fits an error told within a stream. */
export function statusOfKind(kind: FailureKind): number {
  return statuses[kind]
}

/** An error of which nothing is known but its status: an empty body, or a page in HTML. */
export function unexplainedFailure(status: number): ProtocolFailure {
  return {
    kind: failureKindOf(status),
    status,
    message: `The provider answered ${status} without saying why.`,
    code: null,
    param: null,
  }
}

const kinds: ReadonlyMap<number, FailureKind> = new Map([
  [401, 'authentication'],
  [402, 'quota'],
  [403, 'permission'],
  [404, 'not-found'],
  [408, 'timeout'],
  [413, 'too-large'],
  [429, 'rate-limit'],
  [503, 'overloaded'],
  [504, 'timeout'],
  [529, 'overloaded'],
])

const statuses: Readonly<Record<FailureKind, number>> = {
  'invalid-request': 400,
  authentication: 401,
  permission: 403,
  'not-found': 404,
  'too-large': 413,
  'rate-limit': 429,
  quota: 429,
  'content-filter': 400,
  overloaded: 503,
  timeout: 504,
  upstream: 502,
}

/** A stream whose bytes ended before its last event. */
export const brokenOff: ProtocolFailure = {
  kind: 'upstream',
  status: 502,
  message: 'The stream of the provider broke off before its end.',
  code: null,
  param: null,
}
