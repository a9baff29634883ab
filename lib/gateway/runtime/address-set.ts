import ipaddr from 'ipaddr.js'
import { type AddressKind, packAddress } from '@/lib/gateway/runtime/packed-address.ts'
import { PrefixTable } from '@/lib/gateway/runtime/prefix-table.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6

const bitsOf = { ipv4: 32, ipv6: 128 } as const
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

function parseBlock(text: string): { kind: AddressKind; bits: number; network: Int32Array } {
  const [address, bits] = parseCidr(text)
  const kind = address.kind()
  const network = new Int32Array(4)
  if (packAddress(address.toString(), network) === kind) return { kind, bits, network }
  // Wider than all mapped addresses together, which are looked up as IPv4.
  return { kind, bits, network: wordsOf(address.toByteArray()) }
}

function parseCidr(text: string): readonly [Address, number] {
  if (!text.includes('/')) {
    const address = ipaddr.process(text)
    return [address, bitsOf[address.kind()]]
  }
  const [network, bits] = ipaddr.parseCIDR(text)
  if (network.kind() === 'ipv6' && (network as ipaddr.IPv6).isIPv4MappedAddress() && bits >= 96) {
    return [(network as ipaddr.IPv6).toIPv4Address(), bits - 96]
  }
  return [network, bits]
}

function wordsOf(bytes: readonly number[]): Int32Array {
  const view = new DataView(Uint8Array.from(bytes).buffer)
  return Int32Array.from({ length: 4 }, (_, index) => view.getInt32(index * 4))
}
