import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import { getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import { linkView } from './link-view.ts'
import { requireGateway } from './require-gateway.ts'

/** VPCs of the VPC side, in the order in which they were added. The shared gateway has none. */
export async function listVpcLinks(
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<{ items: GatewayVpcLink[] }> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const row = await requireGateway(database, idOrName, caller)
  const { links } = await getGatewayNetwork(database, row.id)
  const items: GatewayVpcLink[] = []
  for (const link of links) if (link.side === 'vpc') items.push(await linkView(database, row, link))
  return { items }
}
