import { consoleContext } from '@/lib/console/console-context.ts'
import { stringList } from '@/lib/control-plane/stored-json.ts'
import { type GatewayVpcLink, gatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { LinkRow } from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { findVpc } from '@/lib/persistence/vpc-store.ts'
import { getWorkspace } from '@/lib/persistence/workspace-store.ts'
import { sideAddresses } from './side-addresses.ts'

/** Of a VPC whose workspace has not agreed, only what the asking workspace knew: its id and whose it is. */
export async function linkView(
  transaction: Transaction,
  gateway: GatewayRow,
  link: LinkRow,
): Promise<GatewayVpcLink> {
  const { place } = consoleContext()
  const consent = gatewayVpcLink.shape.consent.parse(link.consent)
  const isGranted = consent === 'granted'
  const vpc = await findVpc(transaction, link.vpcId)
  const isOwn = vpc === null || vpc.workspaceId === gateway.workspaceId
  const owner = isOwn ? null : await getWorkspace(transaction, vpc.workspaceId)
  const chosen = stringList(link.vswitchIds)
  const vswitches = (isGranted ? vpc?.vswitches : undefined) ?? []
  return {
    id: link.id,
    version: link.version,
    createdAt: link.createdAt.toISOString(),
    updatedAt: link.updatedAt.toISOString(),
    vpc: {
      id: link.vpcId,
      name: isGranted && vpc !== null ? vpc.name : link.vpcId,
      cidrs: isGranted && vpc !== null ? stringList(vpc.cidrs) : [],
      workspace: owner?.name ?? null,
    },
    vswitches: vswitches
      .filter(({ id }) => chosen.includes(id))
      .map(({ id, name, zone, cidr }) => ({ id, name, zone, cidr })),
    authoritativeDns: link.authoritativeDns,
    nameServer: link.authoritativeDns
      ? `${bracketed(place.addresses[0] ?? '')}:${place.nameServerPort}`
      : null,
    whitelistBlocks: link.whitelist.length,
    consent,
    endpoint: isGranted ? (await sideAddresses(transaction, gateway, 'vpc')).address : null,
  }
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}
