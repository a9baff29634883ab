import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { AddressSet } from './address-set.ts'

describe('An address set', () => {
  const set = new AddressSet(['169.254.0.0/16', '10.1.2.3', 'fe80::/10', '::ffff:192.168.0.0/112'])

  test.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::FFFF:a9fe:1',
    '10.1.2.3',
    'fe80::1',
    'FEBF:ffff::1.2.3.4',
    'fe80::1%eth0',
    '192.168.5.5',
  ])('has %s', (address) => {
    expect(set.has(address)).toBe(true)
  })

  test.each(['169.255.0.1', '10.1.2.4', '2001:db8::1', 'localhost', '', '192.169.0.1', '0.0.0.0', '::'])(
    'has not %s',
    (address) => {
      expect(set.has(address)).toBe(false)
    },
  )

  test.each([
    ...[
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.256',
      '01.2.3.4',
      '1.2.3.4 ',
      '0x1.2.3.4',
      '1..3.4',
      '.1.2.3',
      '1.2.3.4/8',
    ],
    ...[':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8::', '1:2:3:4:5:6:7:'],
    ...[
      '::12345',
      '::g',
      ':1::2',
      '::1.2.3',
      '::1.2.3.4:5',
      '1:2:3:4:5:6:7:1.2.3.4',
      '[::1]',
      '%eth0',
      '::1:',
    ],
  ])('takes %j for no address, whatever its blocks', (text) => {
    expect(new AddressSet(['0.0.0.0/0', '::/0']).has(text)).toBe(false)
  })

  test('keeps the families apart', () => {
    expect(new AddressSet(['::/0']).has('1.2.3.4')).toBe(false)
    expect(new AddressSet(['::/0']).has('::ffff:1.2.3.4')).toBe(false)
    expect(new AddressSet(['0.0.0.0/0']).has('::1')).toBe(false)
    expect(new AddressSet(['0.0.0.0/0']).has('::ffff:1.2.3.4')).toBe(true)
    expect(new AddressSet(['::ffff:0:0/90']).has('::ff80:1:1')).toBe(false)
    expect(new AddressSet(['::ffff:0:0/90']).has('::fffe:1:1')).toBe(true)
  })

  test('without blocks has nobody', () => {
    expect(new AddressSet([]).isEmpty).toBe(true)
    expect(new AddressSet([]).has('127.0.0.1')).toBe(false)
  })

  test.each([
    '10.0.0.0/33',
    '::/129',
    'somewhere',
    '10.0.0.0/',
    '10.0.0.0/x',
    '10.0.0.0/-1',
    '/8',
    '',
    '::1/1e1',
  ])('refuses %j, which is no block', (text) => {
    expect(() => new AddressSet([text])).toThrow(RangeError)
  })
})

/** Few different bytes, so that addresses meet blocks. */
const byte = fc.constantFrom(0, 1, 127, 128, 254, 255)
const ipv4 = fc.array(byte, { minLength: 4, maxLength: 4 }).map((bytes) => new ipaddr.IPv4(bytes))
const ipv6 = fc.array(byte, { minLength: 16, maxLength: 16 }).map((bytes) => new ipaddr.IPv6(bytes))
const mapped = ipv4.map((address) => address.toIPv4MappedAddress())
const block = fc.oneof(
  fc.tuple(ipv4, fc.integer({ min: 0, max: 32 })),
  fc.tuple(ipv6, fc.integer({ min: 0, max: 128 })),
  fc.tuple(mapped, fc.integer({ min: 96, max: 128 })),
)
/** An address near a block: some of its bits are turned. */
const near = fc
  .tuple(block, fc.array(fc.integer({ min: 0, max: 127 }), { maxLength: 2 }))
  .map(([[at], turned]) => {
    const bytes = at.toByteArray()
    for (const bit of turned) {
      const index = (bit >> 3) % bytes.length
      bytes[index] = (bytes[index] ?? 0) ^ (0x80 >> (bit & 7))
    }
    return ipaddr.fromByteArray(bytes)
  })

function naive(blocks: ReadonlyArray<readonly [ipaddr.IPv4 | ipaddr.IPv6, number]>, text: string): boolean {
  const address = ipaddr.process(text)
  return blocks.some(([given, givenBits]) => {
    const isMapped =
      given.kind() === 'ipv6' && (given as ipaddr.IPv6).isIPv4MappedAddress() && givenBits >= 96
    const network = isMapped ? (given as ipaddr.IPv6).toIPv4Address() : given
    const bits = isMapped ? givenBits - 96 : givenBits
    return network.kind() === address.kind() && address.match(network, bits)
  })
}

test('decides as comparing with one block after another does', () => {
  fc.assert(
    fc.property(
      fc.array(block, { maxLength: 40 }),
      fc.array(fc.oneof(near, ipv4, ipv6, mapped), { minLength: 1, maxLength: 20 }),
      (blocks, addresses) => {
        const set = new AddressSet(blocks.map(([address, bits]) => `${address.toString()}/${bits}`))
        for (const address of [...addresses, ...blocks.map(([network]) => network)]) {
          for (const text of [address.toString(), address.toNormalizedString()]) {
            expect(set.has(text), text).toBe(naive(blocks, text))
          }
        }
      },
    ),
    { numRuns: 500 },
  )
})
