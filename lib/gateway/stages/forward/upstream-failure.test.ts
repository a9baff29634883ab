import { describe, expect, test } from 'vitest'
import { refusal } from '@/lib/gateway/error.ts'
import { failureOf, UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'
import { UpstreamError } from '@/lib/gateway/upstream/http1/upstream-error.ts'
import { RequestRefused } from '@/lib/gateway/upstream/http2/request-refused.ts'

const coded = (code: string) => Object.assign(new Error('connect to 10.0.0.1 failed'), { code })
const answerTo = (cause: Error, wasSent: boolean) => new UpstreamFailure(cause, wasSent).gatewayError

test.each([
  ['ECONNREFUSED', false, 'upstream_unreachable'],
  ['ENOTFOUND', false, 'upstream_unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', false, 'upstream_timed_out'],
  ['EGRESS_DENIED', false, 'egress_denied'],
  ['UND_ERR_INVALID_ARG', false, 'malformed_request'],
  ['UND_ERR_SOCKET', true, 'upstream_bad_answer'],
  ['ECONNRESET', true, 'upstream_bad_answer'],
  ['ANSWER_MALFORMED', true, 'upstream_bad_answer'],
  ['UND_ERR_BODY_TIMEOUT', true, 'upstream_timed_out'],
] as const)('%s (sent: %s) is %s', (code, wasSent, expected) => {
  expect(answerTo(coded(code), wasSent).code).toBe(expected)
})

test('an aggregate of dials counts by what it holds', () => {
  const both = new AggregateError([coded('ETIMEDOUT'), coded('ECONNREFUSED')])
  expect(answerTo(both, false).code).toBe('upstream_timed_out')
})

test('no text of the cause reaches the caller, but the cause is kept', () => {
  const cause = coded('ECONNREFUSED')
  const error = answerTo(cause, false)
  expect(error.publicMessage).not.toContain('10.0.0.1')
  expect(error.cause).toBe(cause)
})

describe('An instance is blamed', () => {
  test.each([
    [coded('ECONNREFUSED'), false, 'connect', 'Connection refused'],
    [coded('EGRESS_DENIED'), false, 'connect', 'Address denied by the egress policy'],
    [coded('UND_ERR_CONNECT_TIMEOUT'), false, 'connect', 'Connect timed out'],
    [refusal('upstream_timed_out', 'x'), true, 'timeout', 'No answer in time'],
    [new UpstreamError('ANSWER_FELL_SILENT', 'x'), true, 'timeout', 'Fell silent within an answer'],
    [new UpstreamError('ANSWER_MALFORMED', 'x'), true, 'serverError', 'Answer is not valid HTTP'],
    [coded('ECONNRESET'), true, 'serverError', 'Connection reset'],
    [coded('SOMETHING_NEW'), true, 'serverError', 'Connection broke off'],
  ] as const)('for %s (sent: %s)', (cause, wasSent, kind, reason) => {
    expect(failureOf(cause, wasSent)).toEqual({ class: kind, reason })
  })

  test.each([
    refusal('request_timed_out', 'x'),
    refusal('body_too_large', 'x'),
    new UpstreamError('REQUEST_UNSENDABLE', 'x'),
    new UpstreamError('POOL_CLOSED', 'x'),
  ])('never for %s', (cause) => {
    expect([failureOf(cause, false), failureOf(cause, true)]).toEqual([null, null])
  })
})

test('a connection may have been closing where it had served others, or says that it goes', () => {
  const isStale = (cause: Error, wasSent = true) => new UpstreamFailure(cause, wasSent).isStale
  expect(isStale(new UpstreamError('ANSWER_BROKE_OFF', 'x', { isStale: true }))).toBe(true)
  expect(isStale(new RequestRefused('x'), false)).toBe(true)
  expect(isStale(new UpstreamError('ANSWER_BROKE_OFF', 'x'))).toBe(false)
  expect(isStale(coded('ECONNREFUSED'), false)).toBe(false)
})
