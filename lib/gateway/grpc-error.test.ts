import { describe, expect, test } from 'vitest'
import { type GatewayErrorCode, gatewayErrors, refusal } from '@/lib/gateway/error.ts'
import { grpcErrorHeaders, grpcStatusOf } from '@/lib/gateway/grpc-error.ts'

describe('A gateway error in gRPC', () => {
  test.each([
    ['malformed_request', 3],
    ['request_timed_out', 4],
    ['upstream_timed_out', 4],
    ['body_too_large', 8],
    ['rate_limited', 8],
    ['queue_full', 8],
    ['service_not_found', 12],
    ['grpc_not_enabled', 12],
    ['internal_error', 13],
    ['upstream_bad_answer', 14],
    ['no_ready_instance', 14],
    ['credential_missing', 16],
  ] as const)('%s is status %d', (code, status) => {
    expect(grpcStatusOf(code)).toBe(status)
  })

  test('is never OK, whatever the code', () => {
    for (const code of Object.keys(gatewayErrors)) {
      const status = grpcStatusOf(code as GatewayErrorCode)
      expect(status).toBeGreaterThan(0)
      expect(status).toBeLessThanOrEqual(16)
    }
  })

  test('carries what callers need to find and repeat it', () => {
    expect(grpcErrorHeaders(refusal('queue_full', 'Full.', 2), 'req_1')).toEqual([
      'content-type',
      'application/grpc',
      'grpc-status',
      '8',
      'grpc-message',
      'Full.',
      'x-switchyard-error-source',
      'gateway',
      'grpc-retry-pushback-ms',
      '2000',
      'x-request-id',
      'req_1',
    ])
  })

  test('has a message that any header can hold', () => {
    const headers = grpcErrorHeaders(refusal('malformed_request', '5 % – “no”\r\nx: y'), 'r')
    const message = headers[headers.indexOf('grpc-message') + 1] ?? ''
    expect(message).toMatch(/^[ -~]*$/)
    expect(decodeURIComponent(message)).toBe('5 % – “no”\r\nx: y')
  })
})
