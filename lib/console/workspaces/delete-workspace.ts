import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { confirmName } from '@/lib/console/confirm-name.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { countGateways } from '@/lib/persistence/gateway-store.ts'
import { countInferenceServices, removeWorkspace } from '@/lib/persistence/workspace-store.ts'

/** Throws `in_use` while it has services or gateways. */
export async function deleteWorkspace(confirm: string | undefined, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'workspace.delete')
  const { id, name } = caller.workspace
  confirmName(confirm, name)
  await inTransaction(consoleContext().database, async (transaction) => {
    const services = await countInferenceServices(transaction, id)
    if (services > 0) {
      throw new AppError('in_use', `It has ${services} inference services. Delete them first.`)
    }
    const gateways = await countGateways(transaction, id)
    if (gateways > 0) throw new AppError('in_use', `It has ${gateways} gateways. Delete them first.`)
    await removeWorkspace(transaction, id)
    // With the installation, because the workspace's own activity can no longer be read.
    await recordActivity(transaction, caller, {
      action: 'workspace.deleted',
      workspaceId: null,
      object: { kind: 'workspace', id, name },
    })
  })
}
