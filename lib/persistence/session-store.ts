import type { Transaction } from './database.ts'
import type { Session } from './generated/sqlite/client.ts'

export type SessionRow = Session

export async function listSessions(
  transaction: Transaction,
  userId: string,
  now: Date,
): Promise<readonly SessionRow[]> {
  return await transaction.session.findMany({
    where: { userId, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
  })
}

/** False when the user has no such session. */
export async function deleteSession(transaction: Transaction, userId: string, id: string): Promise<boolean> {
  return (await transaction.session.deleteMany({ where: { id, userId } })).count > 0
}

export async function deleteOtherSessions(
  transaction: Transaction,
  userId: string,
  keepId: string,
): Promise<void> {
  await transaction.session.deleteMany({ where: { userId, id: { not: keepId } } })
}
