import type { Transaction } from './database.ts'
import type { ServiceToken } from './generated/sqlite/client.ts'

export type ServiceTokenRow = ServiceToken

export interface NewServiceToken {
  readonly id: string
  readonly serviceId: string
  readonly tokenHash: string
  readonly sealed: string
  readonly hint: string
  readonly createdByName: string
}

/** The active token: it has no expiry. */
export async function insertServiceToken(
  transaction: Transaction,
  token: NewServiceToken,
): Promise<ServiceTokenRow> {
  return await transaction.serviceToken.create({ data: token })
}

/** The active one first, then the newest expiring ones. Expired ones are not listed. */
export async function listServiceTokens(
  transaction: Transaction,
  serviceId: string,
  now: Date,
): Promise<readonly ServiceTokenRow[]> {
  const rows = await transaction.serviceToken.findMany({
    where: { serviceId, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: { createdAt: 'desc' },
  })
  return rows.sort((a, b) => Number(a.expiresAt !== null) - Number(b.expiresAt !== null))
}

/** The active token gets an end; null when there is none. */
export async function expireActiveTokens(
  transaction: Transaction,
  serviceId: string,
  expiresAt: Date,
): Promise<void> {
  await transaction.serviceToken.updateMany({ where: { serviceId, expiresAt: null }, data: { expiresAt } })
}

export async function deleteActiveTokens(transaction: Transaction, serviceId: string): Promise<void> {
  await transaction.serviceToken.deleteMany({ where: { serviceId, expiresAt: null } })
}

export async function findServiceToken(
  transaction: Transaction,
  serviceId: string,
  id: string,
): Promise<ServiceTokenRow | null> {
  return await transaction.serviceToken.findFirst({ where: { id, serviceId } })
}

export async function deleteServiceToken(transaction: Transaction, id: string): Promise<void> {
  await transaction.serviceToken.delete({ where: { id } })
}
