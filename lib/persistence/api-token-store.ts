import type { Transaction } from './database.ts'
import type { ApiToken as ApiTokenRow, Prisma } from './generated/sqlite/client.ts'

export type { ApiTokenRow }

/** Newest first. `workspaceId` null: those of the whole installation. */
export function listApiTokens(transaction: Transaction, workspaceId: string | null): Promise<ApiTokenRow[]> {
  return transaction.apiToken.findMany({ where: { workspaceId }, orderBy: { id: 'desc' } })
}

export function getApiToken(
  transaction: Transaction,
  workspaceId: string | null,
  id: string,
): Promise<ApiTokenRow | null> {
  return transaction.apiToken.findFirst({ where: { id, workspaceId } })
}

/** Null when unknown or expired. */
export function findApiTokenByHash(
  transaction: Transaction,
  tokenHash: string,
  now: Date,
): Promise<ApiTokenRow | null> {
  return transaction.apiToken.findFirst({
    where: { tokenHash, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  })
}

export function insertApiToken(
  transaction: Transaction,
  row: Prisma.ApiTokenUncheckedCreateInput,
): Promise<ApiTokenRow> {
  return transaction.apiToken.create({ data: row })
}

export async function removeApiToken(
  transaction: Transaction,
  workspaceId: string | null,
  id: string,
): Promise<boolean> {
  const { count } = await transaction.apiToken.deleteMany({ where: { id, workspaceId } })
  return count > 0
}

/** Writes at most once in `everyMs`, so that a busy client does not make each read a write. */
export async function touchApiToken(
  transaction: Transaction,
  row: Pick<ApiTokenRow, 'id' | 'lastUsedAt'>,
  now: Date,
  everyMs = 60_000,
): Promise<void> {
  if (row.lastUsedAt !== null && now.getTime() - row.lastUsedAt.getTime() < everyMs) return
  await transaction.apiToken.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } })
}
