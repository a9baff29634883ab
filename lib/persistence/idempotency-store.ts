import type { Transaction } from './database.ts'
import type { IdempotencyKey } from './generated/sqlite/client.ts'

export type IdempotencyRow = IdempotencyKey

export async function findIdempotencyKey(
  transaction: Transaction,
  id: string,
): Promise<IdempotencyRow | null> {
  return await transaction.idempotencyKey.findUnique({ where: { id } })
}

/** Takes over a row that an earlier process left unfinished. */
export async function claimIdempotencyKey(
  transaction: Transaction,
  claim: { readonly id: string; readonly requestHash: string; readonly now: Date },
): Promise<void> {
  const { id, requestHash, now } = claim
  await transaction.idempotencyKey.upsert({
    where: { id },
    create: { id, requestHash, createdAt: now },
    update: { requestHash, createdAt: now },
  })
}

export async function completeIdempotencyKey(
  transaction: Transaction,
  id: string,
  answer: { readonly status: number; readonly sealed: string },
): Promise<void> {
  const { status, sealed } = answer
  await transaction.idempotencyKey.update({ where: { id }, data: { status, response: { sealed } } })
}

export async function deleteIdempotencyKey(transaction: Transaction, id: string): Promise<void> {
  await transaction.idempotencyKey.deleteMany({ where: { id } })
}

export async function deleteIdempotencyKeysBefore(transaction: Transaction, moment: Date): Promise<void> {
  await transaction.idempotencyKey.deleteMany({ where: { createdAt: { lt: moment } } })
}
