import type { Transaction } from './database.ts'
import type { ApiToken } from './generated/sqlite/client.ts'

export type ApiTokenRow = ApiToken

export interface NewApiToken {
  readonly id: string
  readonly name: string
  readonly workspaceId: string | null
  readonly role: string
  readonly tokenHash: string
  readonly hint: string
  readonly createdById: string | null
  readonly createdByName: string
  readonly expiresAt: Date | null
}

export async function insertApiToken(transaction: Transaction, token: NewApiToken): Promise<ApiTokenRow> {
  return await transaction.apiToken.create({ data: token })
}

/** `workspaceId` null: the installation's own tokens. */
export async function listApiTokens(
  transaction: Transaction,
  workspaceId: string | null,
): Promise<readonly ApiTokenRow[]> {
  return await transaction.apiToken.findMany({ where: { workspaceId }, orderBy: { createdAt: 'desc' } })
}

/** Null when it is unknown or expired. */
export async function findApiTokenByHash(
  transaction: Transaction,
  tokenHash: string,
  now: Date,
): Promise<ApiTokenRow | null> {
  const row = await transaction.apiToken.findUnique({ where: { tokenHash } })
  return row !== null && (row.expiresAt === null || row.expiresAt > now) ? row : null
}

export async function touchApiToken(transaction: Transaction, id: string, now: Date): Promise<void> {
  await transaction.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } })
}

export async function deleteApiToken(
  transaction: Transaction,
  workspaceId: string | null,
  id: string,
): Promise<ApiTokenRow | null> {
  const row = await transaction.apiToken.findFirst({ where: { id, workspaceId } })
  if (row !== null) await transaction.apiToken.delete({ where: { id } })
  return row
}
