import { type Caller, requireInstallationOwner } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { type Installation, installationFields } from '@/lib/domain/installation.ts'
import { databaseKind, type Transaction } from '@/lib/persistence/database.ts'
import { getSetting } from '@/lib/persistence/installation-store.ts'

export const placeKey = 'place'

export async function getSettings(caller: Caller): Promise<Installation> {
  requireInstallationOwner(caller)
  return await readInstallation(consoleContext().database)
}

/** Before anyone saved, the defaults stand at version 1. */
export async function readInstallation(transaction: Transaction): Promise<Installation> {
  const { publicUrl, programVersion, database } = consoleContext()
  const row = await getSetting(transaction, placeKey)
  return {
    ...installationFields.parse(row?.value ?? {}),
    version: row === null ? 1 : row.version + 1,
    publicUrl,
    database: databaseKind(database),
    programVersion,
  }
}
