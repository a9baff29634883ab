import { describe, expect, test } from 'vitest'
import { AddressSet } from '@/lib/gateway/runtime/address-set.ts'

describe('An address set', () => {
  const set = new AddressSet(['169.254.0.0/16', '10.1.2.3', 'fe80::/10', '::ffff:192.168.0.0/112'])

  test.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '10.1.2.3',
    'fe80::1',
    'fe80::1%eth0',
    '192.168.5.5',
  ])('has %s', (address) => {
    expect(set.has(address)).toBe(true)
  })

  test.each(['169.255.0.1', '10.1.2.4', '2001:db8::1', 'localhost', '', '192.169.0.1'])(
    'has not %s',
    (address) => {
      expect(set.has(address)).toBe(false)
    },
  )

  test('refuses what is not a block', () => {
    expect(() => new AddressSet(['10.0.0.0/33'])).toThrow()
    expect(() => new AddressSet(['somewhere'])).toThrow()
  })
})
