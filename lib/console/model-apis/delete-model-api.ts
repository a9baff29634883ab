import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { forgetGrants } from '@/lib/console/consumers/forget-grants.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { removeModelApi } from '@/lib/persistence/model-api-store.ts'
import { recordModelApi } from './record-model-api.ts'
import { requireModelApi } from './require-model-api.ts'

/** Its addresses answer 404 from the next request on. */
export async function deleteModelApi(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'model-apis.write')
  const row = await inTransaction(consoleContext().database, async (transaction) => {
    const before = await requireModelApi(transaction, idOrName, caller)
    await forgetGrants(transaction, before)
    await removeModelApi(transaction, before)
    await recordModelApi(transaction, { before, after: null }, caller)
    return before
  })
  configurationPublished([row.gatewayId], row.workspaceId, { kind: 'model-api', id: row.id, version: null })
}
