import { describe, expect, test } from 'vitest'
import { AddressSet } from '@/lib/addresses/address-set.ts'
import { clientAddressOf } from '@/lib/gateway/stages/admit/client-address.ts'

const addressOf = (...args: Parameters<typeof clientAddressOf>) => clientAddressOf(...args).address
const none = new AddressSet([])
const proxies = new AddressSet(['10.0.0.0/8', 'fd00::/8'])

describe("The client's address", () => {
  test("is the socket's when no proxy is trusted, whatever is forwarded", () => {
    expect(addressOf('203.0.113.9', '1.2.3.4', none)).toBe('203.0.113.9')
    expect(addressOf('203.0.113.9', '1.2.3.4', proxies)).toBe('203.0.113.9')
  })

  test('is written as IPv4 where the socket shows a mapped address', () => {
    expect(addressOf('::ffff:203.0.113.9', null, none)).toBe('203.0.113.9')
    expect(addressOf('::ffff:10.0.0.1', '1.2.3.4', proxies)).toBe('1.2.3.4')
  })

  test.each([
    ['1.2.3.4', '1.2.3.4'],
    ['6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ['6.6.6.6, 1.2.3.4, 10.0.0.7', '1.2.3.4'],
    ['10.0.0.6, 10.0.0.7', '10.0.0.6'],
    ['1.2.3.4:5555', '1.2.3.4'],
    ['[2001:db8::1]:5555, fd00::2', '2001:db8::1'],
    ['6.6.6.6, nonsense, 10.0.0.7', '10.0.0.7'],
    ['6.6.6.6, ', '10.0.0.1'],
    ['', '10.0.0.1'],
  ])('behind a trusted proxy with %j is %s', (forwardedFor, expected) => {
    expect(addressOf('10.0.0.1', forwardedFor, proxies)).toBe(expected)
  })

  test('leaves a forged chain out of what the instance sees, and extends a trusted one', () => {
    expect(clientAddressOf('203.0.113.9', '1.2.3.4', proxies).forwardedFor).toBe('203.0.113.9')
    expect(clientAddressOf('::ffff:10.0.0.1', '6.6.6.6, 1.2.3.4', proxies).forwardedFor).toBe(
      '6.6.6.6, 1.2.3.4, 10.0.0.1',
    )
  })
})
