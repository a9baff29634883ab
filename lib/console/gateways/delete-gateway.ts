import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { confirmName } from '@/lib/console/confirm-name.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { AppError } from '@/lib/domain/error.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { getGatewayNetwork } from '@/lib/persistence/gateway-network-store.ts'
import { removeGateway, usersOfGateway } from '@/lib/persistence/gateway-store.ts'
import { gatewayDocumentOf } from './gateway-document.ts'
import { requireGateway } from './require-gateway.ts'

/** Takes the name in words. Throws `in_use` with its services of both kinds, sources, domain names and Model APIs. */
export async function deleteGateway(
  idOrName: string,
  confirm: string | undefined,
  caller: WorkspaceCaller,
): Promise<void> {
  requirePermission(caller, 'gateways.write')
  const id = await inTransaction(consoleContext().database, async (transaction) => {
    const row = await requireGateway(transaction, idOrName, caller)
    if (row.workspaceId === null) {
      throw new AppError('conflict', 'Every installation has its shared gateway; it cannot be deleted.')
    }
    confirmName(confirm, row.name)
    requireUnused(await usersOfGateway(transaction, row.id))
    const before = gatewayDocumentOf(row, await getGatewayNetwork(transaction, row.id))
    await removeGateway(transaction, row.id)
    await recordActivity(transaction, caller, {
      action: 'gateway.deleted',
      workspaceId: row.workspaceId,
      object: { kind: 'gateway', id: row.id, name: row.name },
      changes: changedFields({ type: row.type, ...before }, null),
    })
    return row.id
  })
  configurationPublished([id], caller.workspace.id, { kind: 'gateway', id, version: null })
}
