import type { Transaction } from './database.ts'
import type { Prisma, ServiceToken as ServiceTokenRow } from './generated/sqlite/client.ts'

export type { ServiceTokenRow }

/** The active one first, then those that still run out, newest first. */
export async function listServiceTokens(
  transaction: Transaction,
  workspaceId: string,
  serviceId: string,
  now: Date,
): Promise<ServiceTokenRow[]> {
  const rows = await transaction.serviceToken.findMany({
    where: { serviceId, service: { workspaceId }, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: { id: 'desc' },
  })
  return rows.sort((left, right) => Number(right.expiresAt === null) - Number(left.expiresAt === null))
}

export function getServiceToken(
  transaction: Transaction,
  workspaceId: string,
  serviceId: string,
  id: string,
): Promise<ServiceTokenRow | null> {
  return transaction.serviceToken.findFirst({ where: { id, serviceId, service: { workspaceId } } })
}

export function insertServiceToken(
  transaction: Transaction,
  row: Prisma.ServiceTokenUncheckedCreateInput,
): Promise<ServiceTokenRow> {
  return transaction.serviceToken.create({ data: row })
}

/** Gives every active token of a service its end, before the next one is inserted. */
export async function expireActiveTokens(
  transaction: Transaction,
  workspaceId: string,
  serviceId: string,
  expiresAt: Date,
): Promise<void> {
  await transaction.serviceToken.updateMany({
    where: { serviceId, expiresAt: null, service: { workspaceId } },
    data: { expiresAt },
  })
}

export async function updateServiceToken(
  transaction: Transaction,
  id: string,
  data: { readonly requestsPerSecond: number | null },
): Promise<void> {
  await transaction.serviceToken.update({ where: { id }, data })
}

export async function removeServiceToken(
  transaction: Transaction,
  workspaceId: string,
  serviceId: string,
  id: string,
): Promise<boolean> {
  const { count } = await transaction.serviceToken.deleteMany({
    where: { id, serviceId, service: { workspaceId } },
  })
  return count > 0
}

/** Dates only ever grow, because reports of several nodes arrive in any order. */
export async function touchServiceTokens(
  transaction: Transaction,
  lastUse: ReadonlyMap<string, Date>,
): Promise<void> {
  for (const [id, lastUsedAt] of lastUse) {
    await transaction.serviceToken.updateMany({
      where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: lastUsedAt } }] },
      data: { lastUsedAt },
    })
  }
}

/** The expired ones do nothing any more but take space. */
export async function purgeExpiredServiceTokens(transaction: Transaction, before: Date): Promise<number> {
  const { count } = await transaction.serviceToken.deleteMany({ where: { expiresAt: { lt: before } } })
  return count
}
