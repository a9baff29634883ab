import { describe, expect, test } from 'vitest'
import { GatewayError } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { admit } from '@/lib/gateway/stages/admit/admit.ts'
import { testLimits } from '@/lib/gateway/testing/make-snapshot.ts'

const { requestBodyBytesMax: bodyBytesMax } = testLimits
const runtime = { limits: testLimits, bodyBytesMax } as unknown as Runtime
const client = { address: '10.0.0.1', forwardedFor: '10.0.0.1' }

function admitted(overrides: Partial<Exchange> = {}) {
  const exchange = {
    httpVersion: '1.1',
    method: 'GET',
    target: '/x?y',
    rawHeaders: ['Host', 'Gw.Test:8080'],
    ...overrides,
  } as Exchange
  return admit(runtime, exchange, client, 'req_1')
}

function codeOf(overrides: Partial<Exchange>): string {
  try {
    admitted(overrides)
  } catch (error) {
    if (error instanceof GatewayError) return error.code
    throw error
  }
  return 'admitted'
}

describe('An admitted request', () => {
  test('has its host in lower case without port, and as sent', () => {
    expect(admitted()).toMatchObject({ hostName: 'gw.test', host: 'Gw.Test:8080', url: '/x?y' })
    expect(admitted({ rawHeaders: ['Host', '[::1]:8080'] }).hostName).toBe('[::1]')
    expect(admitted({ rawHeaders: ['Host', 'gw.test.:8080'] }).hostName).toBe('gw.test')
    expect(admitted({ httpVersion: '1.0', rawHeaders: [] }).hostName).toBe('')
    expect(admitted({ httpVersion: '2.0', rawHeaders: [] }).hostName).toBe('')
  })

  test.each([
    ['http://other.test:99/a//b?c', '/a//b?c', 'other.test'],
    ['HTTPS://other.test', '/', 'other.test'],
    ['http://other.test?c', '/?c', 'other.test'],
  ])('in absolute form %s counts by its authority', (target, url, hostName) => {
    expect(admitted({ target })).toMatchObject({ url, hostName })
  })

  test('is as long as a limit allows', () => {
    expect(codeOf({ target: `/${'a'.repeat(testLimits.urlBytesMax - 1)}` })).toBe('admitted')
    const length = String(testLimits.requestBodyBytesMax)
    expect(codeOf({ rawHeaders: ['Host', 'a', 'Content-Length', length] })).toBe('admitted')
  })
})

test.each<[string, string, Partial<Exchange>]>([
  ['url_too_long', 'a long URL', { target: `/${'a'.repeat(testLimits.urlBytesMax)}` }],
  [
    'body_too_large',
    'a large body',
    { rawHeaders: ['Host', 'a', 'Content-Length', `${testLimits.requestBodyBytesMax + 1}`] },
  ],
  ['malformed_request', 'no Host', { rawHeaders: [] }],
  ['malformed_request', 'a target that is none', { target: 'nonsense' }],
  [
    'malformed_request',
    'chunks in HTTP/1.0',
    { httpVersion: '1.0', rawHeaders: ['Transfer-Encoding', 'chunked'] },
  ],
  ['version_not_supported', 'another version', { httpVersion: '3.0' }],
  [
    'version_not_supported',
    'gRPC over HTTP/1.1',
    { rawHeaders: ['Host', 'x', 'Content-Type', 'application/grpc+proto'] },
  ],
  ['expectation_failed', 'another expectation', { rawHeaders: ['Host', 'a', 'Expect', 'more'] }],
  ['method_not_supported', 'TRACE', { method: 'TRACE' }],
])('%s for %s', (code, _what, overrides) => {
  expect(codeOf(overrides)).toBe(code)
})
