import type { Transaction } from './database.ts'
import type { Gateway, GatewayNode, InstanceHealth, Prisma } from './generated/sqlite/client.ts'

export type GatewayRow = Gateway
export type GatewayNodeRow = GatewayNode
export type InstanceHealthRow = InstanceHealth

/** The shared gateway, and the workspace's own. */
function visibleIn(workspaceId: string): Prisma.GatewayWhereInput {
  return { OR: [{ workspaceId: null }, { workspaceId }] }
}

/** By id or name; `shared` is the shared gateway's name. */
export async function findGateway(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<GatewayRow | null> {
  return await transaction.gateway.findFirst({
    where: { AND: [visibleIn(workspaceId), { OR: [{ id: idOrName }, { name: idOrName }] }] },
  })
}

export async function findGatewayById(transaction: Transaction, id: string): Promise<GatewayRow | null> {
  return await transaction.gateway.findUnique({ where: { id } })
}

/** The shared one first, then by name. */
export async function listGateways(
  transaction: Transaction,
  workspaceId: string,
): Promise<readonly GatewayRow[]> {
  const rows = await transaction.gateway.findMany({
    where: visibleIn(workspaceId),
    orderBy: { name: 'asc' },
  })
  return rows.sort((a, b) => Number(a.workspaceId !== null) - Number(b.workspaceId !== null))
}

/** Null when the row is no longer at `version`; null `version` writes whatever is there. */
export async function updateGateway(
  transaction: Transaction,
  id: string,
  version: number | null,
  change: { readonly limits?: Prisma.InputJsonValue; readonly trustedProxies?: Prisma.InputJsonValue },
): Promise<GatewayRow | null> {
  const { count } = await transaction.gateway.updateMany({
    where: { id, ...(version !== null && { version }) },
    data: { ...change, version: { increment: 1 } },
  })
  return count === 0 ? null : await findGatewayById(transaction, id)
}

export async function listGatewayNodes(
  transaction: Transaction,
  gatewayIds: readonly string[],
): Promise<readonly GatewayNodeRow[]> {
  return await transaction.gatewayNode.findMany({
    where: { gatewayId: { in: [...gatewayIds] } },
    orderBy: { startedAt: 'asc' },
  })
}

/** What the given nodes last saw of the given instances. */
export async function listInstanceHealth(
  transaction: Transaction,
  instanceIds: readonly string[],
  nodeIds: readonly string[],
): Promise<readonly InstanceHealthRow[]> {
  return await transaction.instanceHealth.findMany({
    where: { instanceId: { in: [...instanceIds] }, nodeId: { in: [...nodeIds] } },
  })
}
