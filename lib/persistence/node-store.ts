import type { Transaction } from './database.ts'
import type { GatewayNode as GatewayNodeRow, Prisma } from './generated/sqlite/client.ts'

export type { GatewayNodeRow }

/** Newest first. */
export function listNodes(transaction: Transaction, gatewayId: string): Promise<GatewayNodeRow[]> {
  return transaction.gatewayNode.findMany({
    where: { gatewayId },
    orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
  })
}

export async function saveNode(
  transaction: Transaction,
  row: Prisma.GatewayNodeUncheckedCreateInput,
): Promise<void> {
  const { id, ...data } = row
  await transaction.gatewayNode.upsert({ where: { id }, create: row, update: data })
}

/** Nodes that stopped long ago, with what they saw. */
export async function purgeNodes(transaction: Transaction, seenBefore: Date): Promise<void> {
  const gone = await transaction.gatewayNode.findMany({
    where: { seenAt: { lt: seenBefore } },
    select: { id: true },
  })
  const ids = gone.map((node) => node.id)
  await transaction.instanceHealth.deleteMany({ where: { nodeId: { in: ids } } })
  await transaction.gatewayNode.deleteMany({ where: { id: { in: ids } } })
}
