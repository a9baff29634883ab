import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { confirmName } from '@/lib/console/confirm-name.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { listServiceNames } from '@/lib/persistence/inference-service-store.ts'
import { deleteWorkspace as deleteRow } from '@/lib/persistence/workspace-store.ts'

/** Throws `in_use` with the services that stand in the way. */
export async function deleteWorkspace(confirm: string | undefined, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'workspace.delete')
  const { id, name } = caller.workspace
  confirmName(confirm, name)
  await inTransaction(consoleContext().database, async (transaction) => {
    const services = await listServiceNames(transaction, id)
    if (services.length > 0) {
      const users = services.map((service) => ({ kind: 'inference-service', ...service }))
      throw new AppError('in_use', `Delete its ${services.length} inference services first.`, {
        current: { users },
      })
    }
    await deleteRow(transaction, id)
    // With the installation, because the workspace's own activity can no longer be read.
    await recordActivity(transaction, caller, {
      action: 'workspace.deleted',
      workspaceId: null,
      object: { kind: 'workspace', id, name },
    })
  })
}
