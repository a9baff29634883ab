import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { refusal } from '@/lib/gateway/error.ts'
import { mayRetry } from '@/lib/gateway/stages/forward/may-retry.ts'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

const failure = (code: string, wasSent: boolean) =>
  new UpstreamFailure(Object.assign(new Error('x'), { code }), wasSent)

describe('An attempt is repeated', () => {
  test('when no connection was made, whatever the method', () => {
    expect(mayRetry(failure('ECONNREFUSED', false), 'POST', Buffer.from('x'))).toBe(true)
    expect(mayRetry(failure('UND_ERR_CONNECT_TIMEOUT', false), 'POST', null)).toBe(true)
    expect(mayRetry(failure('EGRESS_DENIED', false), 'POST', null)).toBe(true)
  })

  test('when a stale connection broke on a safe method without a body', () => {
    expect(mayRetry(failure('UND_ERR_SOCKET', true), 'GET', null)).toBe(true)
  })

  test('with a streamed body nobody has begun to read', () => {
    expect(mayRetry(failure('ECONNREFUSED', false), 'POST', Readable.from(['x']))).toBe(true)
  })
})

describe('An attempt is not repeated', () => {
  test('when the instance may have acted on it', () => {
    expect(mayRetry(failure('UND_ERR_SOCKET', true), 'POST', null)).toBe(false)
    expect(mayRetry(failure('UND_ERR_SOCKET', true), 'GET', Buffer.from('x'))).toBe(false)
    expect(mayRetry(failure('UND_ERR_HEADERS_TIMEOUT', true), 'GET', null)).toBe(false)
  })

  test('when the body was at fault or is gone', () => {
    const body = Readable.from(['x'])
    body.destroy()
    expect(mayRetry(failure('ECONNREFUSED', false), 'POST', body)).toBe(false)
    expect(mayRetry(new UpstreamFailure(refusal('body_too_large', 'x'), true), 'GET', null)).toBe(false)
  })
})
