import { type Cidr, intersectCidrs, mergeCidrs, toNetwork } from '@/lib/domain/cidr.ts'
import type { SnapshotAccess } from '@/lib/snapshot/snapshot.ts'
import type { GatewayRows, VpcLinkRows } from './gateway-rows.ts'

/** Who may call: everybody on the shared gateway; elsewhere the whitelists, in VPCs as far as the VPC goes. */
export function compileAccess({ gateway, internetWhitelist, vpcLinks }: GatewayRows): SnapshotAccess {
  if (gateway.type === 'shared') return { internet: null, vpc: null }
  const inside = vpcLinks.filter(({ granted }) => granted).flatMap(allowedBlocks)
  return {
    internet: gateway.internetEnabled ? texts(internetWhitelist.map(toNetwork)) : [],
    vpc: gateway.vpcEnabled ? texts(inside) : [],
  }
}

function allowedBlocks({ cidrs, whitelist }: VpcLinkRows): Cidr[] {
  const allowed = whitelist.map(toNetwork)
  return cidrs
    .map(toNetwork)
    .flatMap((block) => allowed.flatMap((other) => intersectCidrs(block, other) ?? []))
}

function texts(blocks: readonly Cidr[]): string[] {
  return mergeCidrs(blocks).map(({ text }) => text)
}
