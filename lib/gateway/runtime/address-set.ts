import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Block = readonly [Address, number]

/** CIDR blocks parsed once. IPv4-mapped IPv6 addresses count as the IPv4 address they carry. */
export class AddressSet {
  readonly #blocks: readonly Block[]

  /** Throws on a text that is neither an address nor a CIDR block. */
  constructor(cidrs: readonly string[]) {
    this.#blocks = cidrs.map(parseBlock)
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0
  }

  has(text: string): boolean {
    if (this.#blocks.length === 0) return false
    const address = parseAddress(text)
    if (address === null) return false
    return this.#blocks.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    )
  }
}

/** Null for what is not an address. A zone index (`fe80::1%eth0`) is ignored. */
export function parseAddress(text: string): Address | null {
  const zone = text.indexOf('%')
  const bare = zone === -1 ? text : text.slice(0, zone)
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null
}

function parseBlock(text: string): Block {
  if (!text.includes('/')) {
    const address = ipaddr.process(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  }
  const [network, bits] = ipaddr.parseCIDR(text)
  if (network.kind() === 'ipv6' && (network as ipaddr.IPv6).isIPv4MappedAddress() && bits >= 96) {
    return [(network as ipaddr.IPv6).toIPv4Address(), bits - 96]
  }
  return [network, bits]
}
