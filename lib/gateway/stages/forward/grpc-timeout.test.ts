import { describe, expect, test } from 'vitest'
import { readGrpcTimeout, toGrpcTimeout } from '@/lib/gateway/stages/forward/grpc-timeout.ts'

describe('A grpc-timeout', () => {
  test.each([
    ['2H', 7_200_000],
    ['3M', 180_000],
    ['5S', 5_000],
    ['250m', 250],
    ['1500u', 1.5],
    ['2000000n', 2],
    ['0m', 0],
    ['99999999H', 2 ** 31 - 1],
  ])('of %s is %d ms', (text, ms) => {
    expect(readGrpcTimeout(['a', 'b', 'grpc-timeout', text])).toBeCloseTo(ms, 6)
  })

  test.each(['', '5', 'S', '-5S', '5s', '1.5S', '123456789S', ' 5S', '5S '])('of "%s" is refused', (text) => {
    expect(() => readGrpcTimeout(['grpc-timeout', text])).toThrow('grpc-timeout is not understood')
  })

  test('may be missing', () => {
    expect(readGrpcTimeout(['a', 'grpc-timeout'])).toBeNull()
  })
})

test.each([
  [250.9, '250m'],
  [0, '0m'],
  [-3, '0m'],
  [99_999_999, '99999999m'],
  [100_000_500, '100000S'],
])('%d ms left are sent as %s, never as more', (ms, text) => {
  expect(toGrpcTimeout(ms)).toBe(text)
})
