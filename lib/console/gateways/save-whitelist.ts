import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import {
  vpcWhitelistBlocksMax,
  type WhitelistInput,
  whitelistBlocksMax,
  whitelistInput,
} from '@/lib/domain/whitelist.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { replaceEntries } from '@/lib/persistence/gateway-network-store.ts'
import { createId } from '@/lib/platform/id.ts'

export interface WhitelistOwner {
  readonly gatewayId: string
  /** Null: the Internet side. */
  readonly linkId: string | null
}

/** The whole list. Throws `invalid_input` for a block too many, at its index. */
export async function saveWhitelist(
  transaction: Transaction,
  { gatewayId, linkId }: WhitelistOwner,
  entries: WhitelistInput,
  caller: WorkspaceCaller,
): Promise<void> {
  requireRoom(entries, linkId)
  const now = consoleContext().clock.now()
  await replaceEntries(
    transaction,
    { gatewayId, linkId },
    entries.map(({ cidr, note }, index) => ({
      // Ids of one moment sort by chance, and the list keeps the order in which it was written.
      id: createId('wl', now + index),
      cidr,
      note,
      createdByName: caller.name,
      createdAt: new Date(now),
    })),
  )
}

function requireRoom(entries: WhitelistInput, linkId: string | null): void {
  const max = linkId === null ? whitelistBlocksMax : vpcWhitelistBlocksMax
  if (entries.length <= max) return
  const message = `At most ${max} address blocks; these are ${entries.length}. Remove some, or write wider ones.`
  throw fieldError(`${max}.cidr`, 'whitelist_full', message, { max })
}

/** What a VPC is added with: everything inside it, or the texts given. Throws with the path `whitelist.<index>`. */
export function initialWhitelist(written: readonly string[] | null, vpcCidrs: unknown): WhitelistInput {
  if (written === null) {
    const hasIpv6 = stringList(vpcCidrs).some((cidr) => cidr.includes(':'))
    return ['0.0.0.0/0', ...(hasIpv6 ? ['::/0'] : [])].map((cidr) => ({ cidr, note: '' }))
  }
  const result = whitelistInput.safeParse(written.map((cidr) => ({ cidr })))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw fieldError(`whitelist.${String(issue?.path[0] ?? 0)}`, 'cidr', issue?.message ?? '')
}
