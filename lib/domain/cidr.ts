import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** An address block, its network address first. */
export interface Cidr {
  /** `10.0.0.0/8`, `2001:db8::/32`: host bits clear, IPv6 in its shortest form. */
  readonly text: string
  readonly family: 4 | 6
  readonly bits: number
}

export type CidrReading =
  /** `fixedFrom`: what was written was a bare address, or had host bits set; `cidr` is what was meant. */
  | { readonly ok: true; readonly cidr: Cidr; readonly fixedFrom: 'address' | 'host-bits' | null }
  | { readonly ok: false }

/** Reads `10.0.0.0/8`, `10.1.2.3/8` (host bits), `10.1.2.3` (a bare address), and the same of IPv6. */
export function readCidr(written: string): CidrReading {
  const text = written.trim()
  const [addressText = '', bitsText, ...more] = text.split('/')
  if (more.length > 0 || !isStrictAddress(addressText)) return { ok: false }
  const address = ipaddr.parse(addressText)
  const widest = address.kind() === 'ipv4' ? 32 : 128
  if (bitsText === undefined) {
    return { ok: true, cidr: toCidr(address, widest), fixedFrom: 'address' }
  }
  if (!/^\d{1,3}$/.test(bitsText) || Number(bitsText) > widest) return { ok: false }
  const bits = Number(bitsText)
  const network = networkOf(address, bits)
  const hasHostBits = network.toNormalizedString() !== address.toNormalizedString()
  return { ok: true, cidr: toCidr(network, bits), fixedFrom: hasHostBits ? 'host-bits' : null }
}

/** Throws on what `readCidr` does not take; for texts that were checked before. */
export function toNetwork(written: string): Cidr {
  const reading = readCidr(written)
  if (!reading.ok) throw new RangeError(`${written} is not an address block.`)
  return reading.cidr
}

/** Whether every address of `inner` is in `outer`. */
export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || outer.bits > inner.bits) return false
  return (
    networkOf(parseNetwork(inner), outer.bits).toNormalizedString() ===
    parseNetwork(outer).toNormalizedString()
  )
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return containsCidr(a, b) || containsCidr(b, a)
}

/** Blocks nest or are apart, so what two have in common is the smaller one, or nothing. */
export function intersectCidrs(a: Cidr, b: Cidr): Cidr | null {
  if (containsCidr(a, b)) return b
  return containsCidr(b, a) ? a : null
}

/** The same addresses, in their order, with no block twice and none inside another. */
export function mergeCidrs(blocks: readonly Cidr[]): Cidr[] {
  const sorted = blocks.map((block) => ({ block, key: sortKey(block) }))
  sorted.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
  const kept: Cidr[] = []
  for (const { block } of sorted) {
    // Whatever a block is inside of comes right before it or before its siblings in there.
    const last = kept.at(-1)
    if (last === undefined || !containsCidr(last, block)) kept.push(block)
  }
  return kept
}

function sortKey(block: Cidr): string {
  const address = parseNetwork(block)
    .toByteArray()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return `${block.family}${address}${String(block.bits).padStart(3, '0')}`
}

export function cidrContains(cidr: Cidr, address: string): boolean {
  const reading = readCidr(plainAddress(address))
  return (
    reading.ok &&
    reading.cidr.bits === (reading.cidr.family === 4 ? 32 : 128) &&
    containsCidr(cidr, reading.cidr)
  )
}

/** How many addresses it has; IPv6 blocks have more than a number holds exactly. */
export function addressCount({ family, bits }: Cidr): bigint {
  return 1n << BigInt((family === 4 ? 32 : 128) - bits)
}

/** `::ffff:10.0.0.1` is `10.0.0.1`; a zone index is left out. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '')
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : address
}

/** No octal, no short forms: `010.0.0.1` and `10.1` mean different things to different readers. */
function isStrictAddress(text: string): boolean {
  return (
    ipaddr.IPv4.isValidFourPartDecimal(text) ||
    (text.includes(':') && ipaddr.IPv6.isValid(text) && !text.includes('%'))
  )
}

function parseNetwork(cidr: Cidr): Address {
  return ipaddr.parse(cidr.text.slice(0, cidr.text.indexOf('/')))
}

function networkOf(address: Address, bits: number): Address {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, bits - index * 8))
    return byte & (0xff << (8 - kept)) & 0xff
  })
  return ipaddr.fromByteArray(bytes)
}

function toCidr(address: Address, bits: number): Cidr {
  return { text: `${address.toString()}/${bits}`, family: address.kind() === 'ipv4' ? 4 : 6, bits }
}
