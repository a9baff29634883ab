import type { Transaction } from './database.ts'
import type { InstallationSetting, Prisma } from './generated/sqlite/client.ts'

export type SettingRow = InstallationSetting

export async function findSetting(transaction: Transaction, key: string): Promise<SettingRow | null> {
  return await transaction.installationSetting.findUnique({ where: { key } })
}

/** Writes the value and counts the version up. */
export async function writeSetting(
  transaction: Transaction,
  key: string,
  value: Prisma.InputJsonValue,
): Promise<SettingRow> {
  return await transaction.installationSetting.upsert({
    where: { key },
    create: { key, value },
    update: { value, version: { increment: 1 } },
  })
}

export async function deleteSetting(transaction: Transaction, key: string): Promise<void> {
  await transaction.installationSetting.deleteMany({ where: { key } })
}
