import { expect, test } from 'vitest'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

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
  ['HPE_INVALID_CONSTANT', true, 'upstream_bad_answer'],
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
