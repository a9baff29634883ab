import type { Transaction } from './database.ts'

/** Counts one attempt in a window that begins with its first. Milliseconds since the epoch. */
export async function countAttempt(
  transaction: Transaction,
  key: string,
  now: number,
  windowMs: number,
): Promise<{ readonly count: number; readonly windowStart: number }> {
  const row = await transaction.rateLimit.findUnique({ where: { key } })
  if (row === null || Number(row.lastRequest) + windowMs <= now) {
    const fresh = { count: 1, lastRequest: BigInt(now) }
    await transaction.rateLimit.upsert({ where: { key }, create: { id: key, key, ...fresh }, update: fresh })
    return { count: 1, windowStart: now }
  }
  await transaction.rateLimit.update({ where: { key }, data: { count: { increment: 1 } } })
  return { count: row.count + 1, windowStart: Number(row.lastRequest) }
}

export async function clearAttempts(transaction: Transaction, keys: readonly string[]): Promise<void> {
  await transaction.rateLimit.deleteMany({ where: { key: { in: [...keys] } } })
}

export async function deleteAttemptsBefore(transaction: Transaction, moment: number): Promise<void> {
  await transaction.rateLimit.deleteMany({ where: { lastRequest: { lt: BigInt(moment) } } })
}
