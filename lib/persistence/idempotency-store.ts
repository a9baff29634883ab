import type { Transaction } from './database.ts'
import type { IdempotencyKey } from './generated/sqlite/client.ts'
import type { JsonInput } from './json-null.ts'
import { uniqueViolation } from './unique-violation.ts'

export interface KeptAnswer {
  readonly requestHash: string
  /** Null while the first request still runs. */
  readonly status: number | null
  readonly response: unknown
  readonly createdAt: Date
}

/** Null: the key is new and now ours. Else what the first request with it left. Not within a transaction. */
export async function claimIdempotencyKey(
  transaction: Transaction,
  {
    id,
    requestHash,
    createdAt,
  }: { readonly id: string; readonly requestHash: string; readonly createdAt: Date },
): Promise<KeptAnswer | null> {
  const existing = await find(transaction, id)
  if (existing !== null) return existing
  try {
    await transaction.idempotencyKey.create({ data: { id, requestHash, createdAt } })
    return null
  } catch (error) {
    if (uniqueViolation(error) === null) throw error
    return find(transaction, id)
  }
}

function find(transaction: Transaction, id: string): Promise<IdempotencyKey | null> {
  return transaction.idempotencyKey.findUnique({ where: { id } })
}

export async function keepAnswer(
  transaction: Transaction,
  id: string,
  { status, response }: { readonly status: number; readonly response: unknown },
): Promise<void> {
  await transaction.idempotencyKey.update({
    where: { id },
    data: { status, response: response as JsonInput },
  })
}

/** After a failure, or a process that died: the same key may try again. */
export async function releaseIdempotencyKey(transaction: Transaction, id: string): Promise<void> {
  await transaction.idempotencyKey.deleteMany({ where: { id, status: null } })
}

export async function purgeIdempotencyKeys(transaction: Transaction, before: Date): Promise<number> {
  const { count } = await transaction.idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } })
  return count
}
