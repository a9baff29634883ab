import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import {
  addressCount,
  cidrContains,
  containsCidr,
  intersectCidrs,
  overlaps,
  plainAddress,
  readCidr,
  toNetwork,
} from './cidr.ts'

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => bytes.join('.'))
const ipv6 = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  // A mapped address is an IPv4 address to everybody else here.
  .filter((bytes) => bytes.some((byte, index) => index < 10 && byte !== 0))
  .map((bytes) => ipaddr.fromByteArray([...bytes]).toString())
const block = fc.oneof(
  fc.tuple(ipv4, fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(ipv6, fc.nat(128)).map(([address, bits]) => `${address}/${bits}`),
)

describe('reading an address block', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8', null],
    ['10.1.2.3/8', '10.0.0.0/8', 'host-bits'],
    ['192.0.2.7', '192.0.2.7/32', 'address'],
    [' 2001:DB8:0:0::/32 ', '2001:db8::/32', null],
    ['2001:db8::1', '2001:db8::1/128', 'address'],
    ['0.0.0.0/0', '0.0.0.0/0', null],
    ['::/0', '::/0', null],
  ])('%s is %s', (written, text, fixedFrom) => {
    expect(readCidr(written)).toMatchObject({ ok: true, cidr: { text }, fixedFrom })
  })

  test.each([
    '',
    '10.0.0.0/33',
    '10.0/8',
    '010.0.0.1',
    '10.0.0.0/8/8',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '::1%eth0',
    '2001:db8::/129',
    'fe80::/1e1',
    'localhost',
    '10.0.0.0 /8',
  ])('%j is not one', (written) => {
    expect(readCidr(written)).toEqual({ ok: false })
    expect(() => toNetwork(written)).toThrow(RangeError)
  })

  test('agrees with another reader on the network address', () => {
    fc.assert(
      fc.property(block, (written) => {
        const network = toNetwork(written)
        const [address, bits] = ipaddr.parseCIDR(written)
        const other =
          address.kind() === 'ipv4'
            ? ipaddr.IPv4.networkAddressFromCIDR(written)
            : ipaddr.IPv6.networkAddressFromCIDR(written)
        expect(network).toMatchObject({ text: `${other.toString()}/${bits}`, bits })
      }),
    )
  })
})

describe('blocks and addresses', () => {
  test('an address is in a block when its bits begin alike', () => {
    fc.assert(
      fc.property(block, fc.oneof(ipv4, ipv6), (written, address) => {
        const parsed = ipaddr.parse(address)
        const [network, bits] = ipaddr.parseCIDR(written)
        const isIn = parsed.kind() === network.kind() && parsed.match(network, bits)
        expect(cidrContains(toNetwork(written), address)).toBe(isIn)
      }),
    )
  })

  test('two blocks nest or are apart, and what they share is the smaller one', () => {
    fc.assert(
      fc.property(block, block, (a, b) => {
        const [first, second] = [toNetwork(a), toNetwork(b)]
        const shared = intersectCidrs(first, second)
        expect(overlaps(first, second)).toBe(shared !== null)
        if (shared === null) return
        expect(containsCidr(first, shared) && containsCidr(second, shared)).toBe(true)
        expect(shared.bits).toBe(Math.max(first.bits, second.bits))
      }),
    )
  })

  test('count their addresses', () => {
    expect(addressCount(toNetwork('10.0.0.0/8'))).toBe(16_777_216n)
    expect(addressCount(toNetwork('::/0'))).toBe(2n ** 128n)
  })

  test('a mapped address is the IPv4 address that it carries, and a zone index is no part of one', () => {
    expect(plainAddress('::ffff:10.0.0.1')).toBe('10.0.0.1')
    expect(plainAddress('fe80::1%eth0')).toBe('fe80::1')
    expect(cidrContains(toNetwork('10.0.0.0/8'), '::ffff:10.0.0.1')).toBe(true)
    expect(cidrContains(toNetwork('10.0.0.0/8'), 'nonsense')).toBe(false)
  })
})
