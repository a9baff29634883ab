import type { Transaction } from './database.ts'

/** Counts one attempt in the key's window, which begins with the first attempt after the last window ended. */
export async function countAttempt(
  transaction: Transaction,
  key: string,
  nowMs: number,
  windowMs: number,
): Promise<{ count: number; windowStart: number }> {
  const row = await transaction.rateLimit.findUnique({ where: { key } })
  const open = row !== null && nowMs - Number(row.lastRequest) < windowMs
  const windowStart = open ? Number(row.lastRequest) : nowMs
  const count = open ? row.count + 1 : 1
  const data = { count, lastRequest: BigInt(windowStart) }
  await transaction.rateLimit.upsert({ where: { key }, create: { id: key, key, ...data }, update: data })
  return { count, windowStart }
}

export async function clearAttempts(transaction: Transaction, keys: readonly string[]): Promise<void> {
  await transaction.rateLimit.deleteMany({ where: { key: { in: [...keys] } } })
}

/** Windows that began before are over. */
export async function purgeAttempts(transaction: Transaction, beforeMs: number): Promise<void> {
  await transaction.rateLimit.deleteMany({ where: { lastRequest: { lt: BigInt(beforeMs) } } })
}
