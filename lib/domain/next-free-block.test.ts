import { expect, test } from 'vitest'
import { containsCidr, overlaps, toNetwork } from './cidr.ts'
import { nextFreeBlock } from './next-free-block.ts'

test.each([
  ['the first of an empty VPC', ['10.0.0.0/8'], [], '10.0.0.0/16'],
  ['the one after its neighbours', ['10.0.0.0/8'], ['10.0.0.0/16', '10.1.0.0/16'], '10.2.0.0/16'],
  ['a gap between two', ['10.0.0.0/8'], ['10.0.0.0/16', '10.2.0.0/16'], '10.1.0.0/16'],
  ['past a neighbour that is larger', ['10.0.0.0/8'], ['10.0.0.0/10'], '10.64.0.0/16'],
  ['past a neighbour that is smaller', ['10.0.0.0/8'], ['10.0.3.0/24'], '10.1.0.0/16'],
  ['the next block of the VPC', ['10.0.0.0/24', '172.16.0.0/16'], ['10.0.0.0/24'], '172.16.0.0/24'],
  ['a VPC that is already small', ['10.0.0.0/30'], [], '10.0.0.0/30'],
  ['nothing in a full VPC', ['10.0.0.0/24'], ['10.0.0.0/24'], null],
  ['the end of the address space', ['255.255.255.0/24'], ['255.255.255.0/25'], '255.255.255.128/28'],
  ['nothing past the end of it', ['255.255.255.0/24'], ['255.255.255.0/24'], null],
  ['IPv6', ['2001:db8::/48'], ['2001:db8::/56'], '2001:db8:0:100::/56'],
  ['IPv6 beside IPv4', ['10.0.0.0/24', 'fd00::/60'], ['10.0.0.0/24', 'fd00::/64'], 'fd00:0:0:1::/64'],
  ['what is being typed', ['10.0.0.0/8', 'oops'], ['10.'], '10.0.0.0/16'],
])('suggests %s', (_, vpcCidrs, taken, expected) => {
  expect(nextFreeBlock(vpcCidrs, taken)).toBe(expected)
})

test('fills a VPC to its end without an overlap', () => {
  const taken: string[] = []
  for (let block = nextFreeBlock(['10.0.0.0/22'], taken); block !== null; ) {
    expect(containsCidr(toNetwork('10.0.0.0/22'), toNetwork(block))).toBe(true)
    const free: string = block
    expect(taken.filter((other) => overlaps(toNetwork(other), toNetwork(free)))).toEqual([])
    taken.push(block)
    block = nextFreeBlock(['10.0.0.0/22'], taken)
  }
  expect(taken).toHaveLength(64)
})
