import type { Transaction } from './database.ts'
import type { AcmeAccount as AcmeAccountRow, Prisma } from './generated/sqlite/client.ts'

export type { AcmeAccountRow }

/** Of two consoles that make a key at once, the first one's stays. */
export async function keepAcmeAccount(
  transaction: Transaction,
  row: { readonly directoryUrl: string; readonly keySealed: string },
): Promise<AcmeAccountRow> {
  const { directoryUrl } = row
  return transaction.acmeAccount.upsert({ where: { directoryUrl }, create: row, update: {} })
}

export async function setAcmeAccountUrl(
  transaction: Transaction,
  directoryUrl: string,
  accountUrl: string,
): Promise<void> {
  await transaction.acmeAccount.updateMany({ where: { directoryUrl }, data: { accountUrl } })
}

export async function insertChallenges(
  transaction: Transaction,
  rows: readonly Prisma.AcmeChallengeCreateManyInput[],
): Promise<void> {
  for (const row of rows) {
    const { token } = row
    await transaction.acmeChallenge.upsert({ where: { token }, create: row, update: row })
  }
}

/** Whether there were any. */
export async function removeChallenges(transaction: Transaction, domainId: string): Promise<boolean> {
  const { count } = await transaction.acmeChallenge.deleteMany({ where: { domainId } })
  return count > 0
}
