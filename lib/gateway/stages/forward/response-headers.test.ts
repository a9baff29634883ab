import { expect, test } from 'vitest'
import { callerHeaders, callerTrailers } from '@/lib/gateway/stages/forward/response-headers.ts'

const raw = (...texts: string[]) => texts

test('end-to-end headers pass with spelling, repetitions and bytes intact', () => {
  const headers = ['Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'X-Latin', 'caf\xe9']
  expect(callerHeaders(raw(...headers), 'req_1').headers).toEqual([...headers, 'x-request-id', 'req_1'])
})

test('hop-by-hop headers, reserved ones and a foreign request id do not pass', () => {
  const answer = callerHeaders(
    raw(
      'Connection',
      'X-Hop, close',
      'X-Hop',
      '1',
      'Keep-Alive',
      'timeout=5',
      'Transfer-Encoding',
      'chunked',
      'X-Switchyard-Error-Source',
      'gateway',
      'X-Request-Id',
      'theirs',
      'Upgrade',
      'h2c',
      'Via',
      '1.1 x',
    ),
    'mine',
  )
  expect(answer.headers).toEqual(['Via', '1.1 x', 'x-request-id', 'mine'])
})

test('what any of several Connection headers names does not pass', () => {
  const answer = callerHeaders(raw('Connection', 'X-Hop', 'X-Hop', '1', 'Connection', 'close'), 'mine')
  expect(answer.headers).toEqual(['x-request-id', 'mine'])
})

test('says what kind of body follows', () => {
  expect(callerHeaders(raw('Content-Type', 'text/event-stream'), 'r')).toMatchObject({
    contentType: 'text/event-stream',
    hasLength: false,
    isEncoded: false,
  })
  expect(callerHeaders(raw('content-length', '5', 'content-encoding', 'gzip'), 'r')).toMatchObject({
    hasLength: true,
    isEncoded: true,
  })
})

test('of the trailers, what must not pass as a header does not pass either', () => {
  expect(callerTrailers(raw('X-Sum', '42', 'X-Switchyard-A', '1', 'Transfer-Encoding', 'chunked'))).toEqual([
    'X-Sum',
    '42',
  ])
  expect(callerTrailers(raw('content-length', '5', 'Set-Cookie', 'a', 'grpc-status', '0'))).toEqual([
    'Set-Cookie',
    'a',
    'grpc-status',
    '0',
  ])
  expect(callerTrailers([])).toBeNull()
})
