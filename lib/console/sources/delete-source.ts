import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { removeSource } from '@/lib/persistence/source-store.ts'
import { recordSource } from './record-source.ts'
import { requireSource } from './require-source.ts'

/** Throws `in_use` with the services that are found in it. */
export async function deleteSource(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'sources.write')
  const row = await inTransaction(consoleContext().database, async (transaction) => {
    const before = await requireSource(transaction, idOrName, caller)
    requireUnused(before.services.map((service) => ({ kind: 'service', ...service })))
    await removeSource(transaction, before)
    await recordSource(transaction, { before, after: null }, caller)
    return before
  })
  configurationPublished([row.gatewayId], row.workspaceId, { kind: 'source', id: row.id, version: null })
}
