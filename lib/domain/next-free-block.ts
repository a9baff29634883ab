import ipaddr from 'ipaddr.js'
import { type Cidr, overlaps, readCidr, toNetwork } from './cidr.ts'

/**
 * The first block inside a VPC that none of its vSwitches has: 256 to a VPC's block where it is large enough.
 * Null when the VPC is full. Texts that are no blocks are left out.
 */
export function nextFreeBlock(vpcCidrs: readonly string[], taken: readonly string[]): string | null {
  const others = taken.flatMap(blockOf)
  for (const outer of vpcCidrs.flatMap(blockOf)) {
    const found = freeInside(outer, others)
    if (found !== null) return found
  }
  return null
}

function freeInside(outer: Cidr, others: readonly Cidr[]): string | null {
  const width = outer.family === 4 ? 32 : 128
  const bits = Math.max(outer.bits, Math.min(outer.bits + 8, smallestBits(outer)))
  const size = 1n << BigInt(width - bits)
  const first = firstAddress(outer)
  const end = first + (1n << BigInt(width - outer.bits))
  let start = first
  while (start < end) {
    const candidate = toNetwork(`${addressText(start, outer.family)}/${bits}`)
    const blocking = others.find((other) => overlaps(other, candidate))
    if (blocking === undefined) return candidate.text
    // Past whichever is longer, so that a large neighbour is one step.
    const past = firstAddress(blocking) + (1n << BigInt(width - blocking.bits))
    start = past > start + size ? past : start + size
  }
  return null
}

/** Sixteen addresses of IPv4; a network that hosts can number themselves in (/64) of IPv6. */
function smallestBits({ family, bits }: Cidr): number {
  if (family === 4) return 28
  return bits <= 64 ? 64 : 124
}

function blockOf(text: string): Cidr[] {
  const reading = readCidr(text)
  return reading.ok ? [reading.cidr] : []
}

function firstAddress({ text }: Cidr): bigint {
  const bytes = ipaddr.parse(text.slice(0, text.indexOf('/'))).toByteArray()
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

function addressText(value: bigint, family: Cidr['family']): string {
  const length = family === 4 ? 4 : 16
  const bytes = Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn),
  )
  return ipaddr.fromByteArray(bytes).toString()
}
