import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { GatewayError } from '@/lib/gateway/error.ts'
import { readRequestHeaders } from '@/lib/gateway/stages/admit/request-headers.ts'
import { authorize } from '@/lib/gateway/stages/authorize/authorize.ts'
import { TokenIndex } from '@/lib/gateway/stages/authorize/token-index.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'

const tokens = new TokenIndex([
  { id: 'tok_old', value: 'old-token', expiresAt: 1_000, requestsPerSecond: null },
  { id: 'tok_new', value: 'new-token', expiresAt: null, requestsPerSecond: null },
])

function callerWith(authorization: string | null, now = 500, extra: string[] = []): string {
  const raw = authorization === null ? extra : ['Authorization', authorization, ...extra]
  const route = {
    form: 'path',
    rest: '/',
    service: { name: 'demo', tokens },
    request: { method: 'POST', url: '/api/predict/demo', headers: readRequestHeaders(raw) },
  } as unknown as Route
  return authorize(route, now).tokenId
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof GatewayError) return error.code
    throw error
  }
  throw new Error('Nothing was refused.')
}

describe('A caller is known by', () => {
  test.each(['new-token', 'Bearer new-token', 'bearer new-token', 'BEARER   new-token', ' new-token '])(
    '%j',
    (text) => {
      expect(callerWith(text)).toBe('tok_new')
    },
  )

  test('a signature with either token', () => {
    for (const [value, id] of [
      ['old-token', 'tok_old'],
      ['new-token', 'tok_new'],
    ] as const) {
      const signature = createHmac('sha1', value)
        .update('POST\nabc\ntext/plain\nnow\n/api/predict/demo')
        .digest('base64')
      const headers = ['Content-MD5', 'abc', 'Content-Type', 'text/plain', 'Date', 'now']
      expect(callerWith(`EAS ${signature}`, 500, headers)).toBe(id)
    }
  })
})

describe('A caller is refused', () => {
  test('without a credential', () => {
    expect(codeOf(() => callerWith(null))).toBe('credential_missing')
    expect(codeOf(() => callerWith(''))).toBe('credential_missing')
  })

  test.each(['nope', 'Bearer nope', 'Basic new-token', 'Bearer', 'EAS nonsense', 'new-token2', 'NEW-TOKEN'])(
    '%j',
    (text) => {
      expect(codeOf(() => callerWith(text))).toBe('credential_rejected')
    },
  )

  test('from the very moment the token expires', () => {
    expect(callerWith('old-token', 999)).toBe('tok_old')
    expect(codeOf(() => callerWith('old-token', 1_000))).toBe('credential_expired')
  })
})
