import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { removeService } from '@/lib/persistence/service-store.ts'
import { recordService } from './record-service.ts'
import { requireUpstream } from './require-upstream.ts'

/** Throws `in_use` with the Model APIs that route to it. */
export async function deleteService(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'services.write')
  const row = await inTransaction(consoleContext().database, async (transaction) => {
    const before = await requireUpstream(transaction, idOrName, caller)
    requireUnused(before.modelApis.map((api) => ({ kind: 'model-api', ...api })))
    await removeService(transaction, before)
    await recordService(transaction, { before, after: null }, caller)
    return before
  })
  const event = { kind: 'service', id: row.id, version: null }
  configurationPublished([row.gatewayId], row.workspaceId, event)
}
