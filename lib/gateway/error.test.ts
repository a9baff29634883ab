import { describe, expect, test } from 'vitest'
import { type GatewayErrorCode, gatewayErrors, refusal, toErrorAnswer } from '@/lib/gateway/error.ts'

describe('An error answer', () => {
  test('has the OpenAI shape, the request id and the source', () => {
    const { status, headers, body } = toErrorAnswer(refusal('service_not_found', 'No.'), 'req_1')
    expect(status).toBe(404)
    expect(JSON.parse(body.toString())).toEqual({
      error: {
        message: 'No.',
        type: 'not_found_error',
        code: 'service_not_found',
        param: null,
        request_id: 'req_1',
      },
    })
    expect(headers.join(' ')).toContain('x-request-id req_1')
    expect(headers.join(' ')).toContain('x-switchyard-error-source client')
  })

  test('tells the caller when to come back, wherever coming back helps: 429, 450 and 503', () => {
    for (const [code, row] of Object.entries(gatewayErrors)) {
      const answer = toErrorAnswer(refusal(code as GatewayErrorCode, 'x'), 'r')
      expect(answer.headers.includes('retry-after')).toBe([429, 450, 503].includes(row.status))
    }
  })

  test('keeps stack traces out of the way of refusals only', () => {
    expect(refusal('credential_missing', 'x').stack).not.toContain(' at ')
    expect(new Error('x').stack).toContain(' at ')
  })
})
