import type { Transaction } from './database.ts'
import type { GatewayVpcLink, Prisma, Vpc } from './generated/sqlite/client.ts'
import { requireChanged } from './version-check.ts'

/** A gateway of another workspace that asks for a VPC of this one, or was answered. */
export type VpcConsentRow = GatewayVpcLink & {
  readonly vpc: Vpc
  readonly gateway: {
    readonly id: string
    readonly name: string
    readonly workspaceId: string | null
    readonly workspaceName: string
  }
}

export async function listVpcConsents(
  transaction: Transaction,
  workspaceId: string,
): Promise<VpcConsentRow[]> {
  return await read(transaction, workspaceId, {})
}

export async function getVpcConsent(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<VpcConsentRow | null> {
  return (await read(transaction, workspaceId, { id }))[0] ?? null
}

/** Newest first. Few: each was asked for by a person. */
async function read(
  transaction: Transaction,
  workspaceId: string,
  where: Prisma.GatewayVpcLinkWhereInput,
): Promise<VpcConsentRow[]> {
  const vpcs = await transaction.vpc.findMany({ where: { workspaceId } })
  const links = await transaction.gatewayVpcLink.findMany({
    where: {
      ...where,
      vpcId: { in: vpcs.map(({ id }) => id) },
      gateway: { workspaceId: { not: workspaceId } },
    },
    include: { gateway: { select: { id: true, name: true, workspaceId: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  const ids = links.flatMap(({ gateway }) => gateway.workspaceId ?? [])
  const workspaces = await transaction.workspace.findMany({ where: { id: { in: ids } } })
  return links.flatMap((link) => {
    const vpc = vpcs.find(({ id }) => id === link.vpcId)
    const owner = workspaces.find(({ id }) => id === link.gateway.workspaceId)
    if (vpc === undefined || owner === undefined) return []
    return [{ ...link, vpc, gateway: { ...link.gateway, workspaceName: owner.name } }]
  })
}

export async function setVpcConsent(
  transaction: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
  consent: string,
): Promise<void> {
  const { count } = await transaction.gatewayVpcLink.updateMany({
    where: { id, version },
    data: { consent, version: { increment: 1 } },
  })
  await requireChanged(count, () => transaction.gatewayVpcLink.findUnique({ where: { id } }))
}
