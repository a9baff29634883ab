import { type AddressKind, packAddress } from './packed-address.ts'
import { PrefixTable } from './prefix-table.ts'

interface Block {
  readonly kind: AddressKind
  /** Length of the prefix. */
  readonly bits: number
  readonly network: Int32Array
}

const bitsOf = { ipv4: 32, ipv6: 128 } as const
/** `::ffff:0:0/96` (RFC 4291 §2.5.5.2). */
const mappedBits = 96
const words = new Int32Array(4)

/**
 * CIDR blocks, for look-ups that take as long with ten thousand blocks as with one and allocate nothing. IPv4-mapped
 * IPv6 addresses count as the IPv4 address they carry.
 */
export class AddressSet {
  /** A table for each length of prefix that occurs. */
  readonly #tables: Readonly<Record<AddressKind, readonly PrefixTable[]>>
  readonly isEmpty: boolean

  /** Throws on a text that is neither an address nor a CIDR block. */
  constructor(cidrs: readonly string[]) {
    const prefixes: Record<AddressKind, Map<number, Int32Array[]>> = { ipv4: new Map(), ipv6: new Map() }
    for (const cidr of cidrs) {
      const { kind, bits, network } = parseBlock(cidr)
      const ofLength = prefixes[kind].get(bits)
      if (ofLength === undefined) prefixes[kind].set(bits, [network])
      else ofLength.push(network)
    }
    this.#tables = { ipv4: tablesOf(prefixes.ipv4, 1), ipv6: tablesOf(prefixes.ipv6, 4) }
    this.isEmpty = cidrs.length === 0
  }

  /** False for what is not an address. */
  has(text: string): boolean {
    if (this.isEmpty) return false
    const kind = packAddress(text, words)
    if (kind === null) return false
    for (const table of this.#tables[kind]) if (table.has(words)) return true
    return false
  }
}

/** Wide blocks first: they hold most addresses. */
function tablesOf(prefixes: ReadonlyMap<number, readonly Int32Array[]>, wordCount: 1 | 4): PrefixTable[] {
  const lengths = [...prefixes.keys()].sort((one, other) => one - other)
  return lengths.map((bits) => new PrefixTable(bits, wordCount, prefixes.get(bits) ?? []))
}

function parseBlock(text: string): Block {
  const slash = text.indexOf('/')
  const network = new Int32Array(4)
  const kind = packAddress(slash === -1 ? text : text.slice(0, slash), network)
  if (kind === null) throw notABlock(text)
  const isMapped = kind === 'ipv4' && text.includes(':')
  const bitsMax = isMapped ? bitsOf.ipv6 : bitsOf[kind]
  const bits = slash === -1 ? bitsMax : bitsIn(text, slash + 1, bitsMax)
  if (!isMapped) return { kind, bits, network }
  if (bits >= mappedBits) return { kind, bits: bits - mappedBits, network }
  // Wider than all mapped addresses together, which are looked up as IPv4: the others of the block are IPv6.
  return { kind: 'ipv6', bits, network: Int32Array.of(0, 0, 0xffff, network[0] as number) }
}

function bitsIn(text: string, from: number, max: number): number {
  const digits = text.slice(from)
  const bits = /^\d{1,3}$/.test(digits) ? Number(digits) : Number.POSITIVE_INFINITY
  if (bits > max) throw notABlock(text)
  return bits
}

function notABlock(text: string): RangeError {
  return new RangeError(`${text} is neither an address nor a CIDR block.`)
}
