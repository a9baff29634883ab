import type { Transaction } from './database.ts'
import type { JsonInput } from './json-null.ts'

export interface Setting {
  readonly value: unknown
  readonly version: number
}

export async function getSetting(transaction: Transaction, key: string): Promise<Setting | null> {
  return transaction.installationSetting.findUnique({
    where: { key },
    select: { value: true, version: true },
  })
}

/** Writes the first value or the next one. */
export async function putSetting(transaction: Transaction, key: string, value: unknown): Promise<void> {
  const data = { value: value as JsonInput }
  await transaction.installationSetting.upsert({
    where: { key },
    create: { key, ...data },
    update: { ...data, version: { increment: 1 } },
  })
}

export async function removeSetting(transaction: Transaction, key: string): Promise<boolean> {
  const { count } = await transaction.installationSetting.deleteMany({ where: { key } })
  return count > 0
}
