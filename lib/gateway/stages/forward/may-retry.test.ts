import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { refusal } from '@/lib/gateway/error.ts'
import { mayRepeatAnswered, mayRetry, type Repeatable } from '@/lib/gateway/stages/forward/may-retry.ts'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'

const failure = (code: string, wasSent: boolean) =>
  new UpstreamFailure(Object.assign(new Error('x'), { code }), wasSent)

const request = (method: string, body: Buffer | Readable | null, idempotent = false): Repeatable => ({
  body,
  route: { request: { method }, service: { retries: { attempts: 2, idempotent } } },
})

describe('An attempt is repeated', () => {
  test('when no connection was made, whatever the method', () => {
    expect(mayRetry(failure('ECONNREFUSED', false), request('POST', Buffer.from('x')))).toBe(true)
    expect(mayRetry(failure('UND_ERR_CONNECT_TIMEOUT', false), request('POST', null))).toBe(true)
    expect(mayRetry(failure('EGRESS_DENIED', false), request('POST', null))).toBe(true)
  })

  test('when a stale connection broke on a safe method without a body', () => {
    expect(mayRetry(failure('UND_ERR_SOCKET', true), request('GET', null))).toBe(true)
  })

  test('with a streamed body nobody has begun to read', () => {
    expect(mayRetry(failure('ECONNREFUSED', false), request('POST', Readable.from(['x'])))).toBe(true)
  })

  test('after it was sent whole, where the service says that its requests are idempotent', () => {
    expect(mayRetry(failure('ECONNRESET', true), request('POST', Buffer.from('x'), true))).toBe(true)
    expect(mayRetry(failure('UND_ERR_BODY_TIMEOUT', true), request('POST', null, true))).toBe(true)
  })

  test('after a 502, 503 or 504 of an idempotent service, and after no other answer', () => {
    const statuses = [429, 500, 501, 502, 503, 504, 505]
    const post = request('POST', Buffer.from('x'), true)
    expect(statuses.filter((status) => mayRepeatAnswered(status, post))).toEqual([502, 503, 504])
  })
})

describe('An attempt is not repeated', () => {
  test('when the instance may have acted on it', () => {
    expect(mayRetry(failure('UND_ERR_SOCKET', true), request('POST', null))).toBe(false)
    expect(mayRetry(failure('UND_ERR_SOCKET', true), request('GET', Buffer.from('x')))).toBe(false)
    expect(mayRetry(failure('UND_ERR_BODY_TIMEOUT', true), request('GET', null))).toBe(false)
    expect(mayRepeatAnswered(503, request('GET', null))).toBe(false)
  })

  test('when the body was at fault or is gone', () => {
    const body = Readable.from(['x'])
    body.destroy()
    expect(mayRetry(failure('ECONNREFUSED', false), request('POST', body, true))).toBe(false)
    const tooLarge = new UpstreamFailure(refusal('body_too_large', 'x'), true)
    expect(mayRetry(tooLarge, request('GET', null, true))).toBe(false)
  })

  test('with a streamed body after anything was sent, whatever the service says', () => {
    expect(mayRetry(failure('ECONNRESET', true), request('POST', Readable.from(['x']), true))).toBe(false)
    expect(mayRepeatAnswered(503, request('POST', Readable.from(['x']), true))).toBe(false)
  })
})
