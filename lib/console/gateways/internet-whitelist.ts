import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { type Whitelist, type WhitelistInput, whitelistBlocksMax } from '@/lib/domain/whitelist.ts'
import { type GatewayNetwork, getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { changeGateway } from './change-gateway.ts'
import { requireDedicated } from './require-dedicated.ts'
import { requireGateway } from './require-gateway.ts'
import { saveWhitelist } from './save-whitelist.ts'
import { whitelistView } from './whitelist-view.ts'

export async function getInternetWhitelist(idOrName: string, caller: WorkspaceCaller): Promise<Whitelist> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const row = await requireGateway(database, idOrName, caller)
  requireDedicated(row)
  return view(row, await getGatewayNetwork(database, row.id), caller)
}

/** An empty list means that nobody gets in. `version`: that of the list it was based on, if the caller wants it checked. */
export async function setInternetWhitelist(
  idOrName: string,
  entries: WhitelistInput,
  version: number | null,
  caller: WorkspaceCaller,
): Promise<Whitelist> {
  const after = await changeGateway(
    idOrName,
    {
      action: 'gateway.whitelist-changed',
      version,
      write: async ({ row }, transaction) => {
        requireDedicated(row)
        await saveWhitelist(transaction, { gatewayId: row.id, linkId: null }, entries, caller)
        return {}
      },
    },
    caller,
  )
  return view(after.row, after.network, caller)
}

function view(row: GatewayRow, { internetWhitelist }: GatewayNetwork, caller: WorkspaceCaller): Whitelist {
  return whitelistView(
    { entries: internetWhitelist, max: whitelistBlocksMax, version: row.version, inside: null },
    caller,
  )
}
