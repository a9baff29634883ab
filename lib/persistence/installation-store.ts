import type { Transaction } from './database.ts'
import type { JsonInput } from './json-null.ts'
import { requireChanged } from './version-check.ts'

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

/** Writes the next value over exactly the version given. */
export async function updateSetting(
  transaction: Transaction,
  { key, version }: { readonly key: string; readonly version: number },
  value: unknown,
): Promise<void> {
  const { count } = await transaction.installationSetting.updateMany({
    where: { key, version },
    data: { value: value as JsonInput, version: { increment: 1 } },
  })
  await requireChanged(count, () => getSetting(transaction, key))
}

export async function removeSetting(transaction: Transaction, key: string): Promise<boolean> {
  const { count } = await transaction.installationSetting.deleteMany({ where: { key } })
  return count > 0
}
