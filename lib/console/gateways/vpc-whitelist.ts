import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import { AppError } from '@/lib/domain/error.ts'
import { vpcWhitelistBlocksMax, type Whitelist, type WhitelistInput } from '@/lib/domain/whitelist.ts'
import { getGatewayNetwork, type LinkRow, updateLink } from '@/lib/persistence/gateway-network-store.ts'
import { changeGateway } from './change-gateway.ts'
import { requireGateway } from './require-gateway.ts'
import { requireLink } from './require-link.ts'
import { saveWhitelist } from './save-whitelist.ts'
import { whitelistView } from './whitelist-view.ts'

export async function getVpcWhitelist(
  idOrName: string,
  linkId: string,
  caller: WorkspaceCaller,
): Promise<Whitelist> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const row = await requireGateway(database, idOrName, caller)
  return view(requireLink(await getGatewayNetwork(database, row.id), linkId), caller)
}

/** `version`: that of the list it was based on, if the caller wants it checked. */
export async function setVpcWhitelist(
  { gateway, link: linkId }: { readonly gateway: string; readonly link: string },
  entries: WhitelistInput,
  version: number | null,
  caller: WorkspaceCaller,
): Promise<Whitelist> {
  const after = await changeGateway(
    gateway,
    {
      action: 'gateway.vpc-whitelist-changed',
      version: null,
      write: async ({ row, network }, transaction) => {
        const link = requireLink(network, linkId)
        if (version !== null && version !== link.version) {
          throw new AppError('version_conflict', 'Someone changed it meanwhile. Look at it again, then save.')
        }
        await saveWhitelist(transaction, { gatewayId: row.id, linkId }, entries, caller)
        await updateLink(transaction, { id: linkId, version: link.version }, {})
        return {}
      },
    },
    caller,
  )
  return view(requireLink(after.network, linkId), caller)
}

/** Nobody of a VPC whose workspace has not agreed is let in, whatever the list says. */
function view({ whitelist, version, vpc, consent }: LinkRow, caller: WorkspaceCaller): Whitelist {
  const inside = vpc === null || consent !== 'granted' ? [] : stringList(vpc.cidrs)
  return whitelistView({ entries: whitelist, max: vpcWhitelistBlocksMax, version, inside }, caller)
}
