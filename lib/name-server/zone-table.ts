import { type Cidr, cidrContains, plainAddress, toNetwork } from '@/lib/domain/cidr.ts'
import type { NameServerPlan } from '@/lib/snapshot/deployment.ts'

export interface Zone {
  /** Lower case, no dot at the end. */
  readonly name: string
  readonly addresses: { readonly A: readonly string[]; readonly AAAA: readonly string[] }
  readonly allow: readonly Cidr[]
}

/** The zones of a plan, prepared once. */
export class ZoneTable {
  readonly #zones: ReadonlyMap<string, Zone>

  /** Throws on a zone that names no address or block. */
  constructor(zones: NameServerPlan['zones'] = []) {
    this.#zones = new Map(
      zones.map(({ name, addresses, allow }) => {
        const isIPv6 = (address: string) => address.includes(':')
        const zone: Zone = {
          name: name.toLowerCase(),
          addresses: {
            A: addresses.filter((address) => !isIPv6(address)),
            AAAA: addresses.filter(isIPv6),
          },
          allow: allow.map(toNetwork),
        }
        return [zone.name, zone]
      }),
    )
  }

  /** The zone that the name is in: its own or one above it, the longest first. */
  zoneOf(name: string): Zone | null {
    let rest = name.toLowerCase()
    for (;;) {
      const zone = this.#zones.get(rest)
      if (zone !== undefined) return zone
      const dot = rest.indexOf('.')
      if (dot === -1) return null
      rest = rest.slice(dot + 1)
    }
  }
}

/** Whether somebody at this address gets an answer about the zone. */
export function answersTo(zone: Zone, address: string): boolean {
  const plain = plainAddress(address)
  return zone.allow.some((block) => cidrContains(block, plain))
}
