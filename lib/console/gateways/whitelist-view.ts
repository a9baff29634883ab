import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { cidrContains, toNetwork } from '@/lib/domain/cidr.ts'
import type { Whitelist } from '@/lib/domain/whitelist.ts'
import type { WhitelistEntryRow } from '@/lib/persistence/gateway-network-store.ts'

export interface WhitelistFacts {
  readonly entries: readonly WhitelistEntryRow[]
  readonly max: number
  readonly version: number
  /** Null: the whole Internet; otherwise the VPC's blocks. */
  readonly inside: readonly string[] | null
}

export function whitelistView(
  { entries, max, version, inside }: WhitelistFacts,
  { address }: WorkspaceCaller,
): Whitelist {
  const contains = (cidr: string) => address !== null && cidrContains(toNetwork(cidr), address)
  return {
    items: entries.map(({ id, cidr, note, createdByName, createdAt }) => ({
      id,
      cidr,
      note,
      createdBy: createdByName,
      createdAt: createdAt.toISOString(),
    })),
    max,
    version,
    callerAddress: address,
    callerAllowed: entries.some(({ cidr }) => contains(cidr)) && (inside === null || inside.some(contains)),
  }
}
