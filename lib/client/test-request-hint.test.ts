import { expect, test } from 'vitest'
import { testRequestHint } from './test-request-hint.ts'

const known = {
  calledPath: '/v1/chat/completions',
  usualPath: '/v1/chat/completions',
  requestBodyBytesMax: 1_048_576,
  requestTimeoutMs: 60_000,
}

test.each([200, 204, 302])('%i needs no explanation', (status) => {
  expect(testRequestHint({ status, body: '' }, known)).toBeNull()
})

test.each([
  [null, { kind: 'unanswered' }],
  [400, { kind: 'rejected' }],
  [401, { kind: 'unauthorized' }],
  [403, { kind: 'forbidden' }],
  [404, { kind: 'notFound' }],
  [408, { kind: 'timeout', timeoutMs: 60_000 }],
  [413, { kind: 'tooLarge', bytesMax: 1_048_576 }],
  [429, { kind: 'rateLimited' }],
  [450, { kind: 'queueFull' }],
  [500, { kind: 'serverError' }],
  [502, { kind: 'badAnswer' }],
  [503, { kind: 'noInstance' }],
  [504, { kind: 'timeout', timeoutMs: 60_000 }],
])('%s is explained', (status, hint) => {
  expect(testRequestHint({ status, body: '' }, known)).toEqual(hint)
})

test('a 404 of another path names the usual one', () => {
  expect(testRequestHint({ status: 404, body: '' }, { ...known, calledPath: '/chat' })).toEqual({
    kind: 'wrongPath',
    path: '/v1/chat/completions',
  })
})

test.each([
  ['no_ready_instance', 'noInstance'],
  ['queue_timed_out', 'queueTimedOut'],
  ['overloaded', 'overloaded'],
  ['service_stopped', 'stopped'],
])('a 503 for %s is told from others', (code, kind) => {
  expect(testRequestHint({ status: 503, body: JSON.stringify({ error: { code } }) }, known)).toEqual({ kind })
})

test.each(['', 'busy', '{"error":"busy"}'])('a 503 with %j for a body is about instances', (body) => {
  expect(testRequestHint({ status: 503, body }, known)).toEqual({ kind: 'noInstance' })
})
