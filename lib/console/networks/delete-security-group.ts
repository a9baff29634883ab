import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { usersOfSecurityGroups } from '@/lib/persistence/network-user-store.ts'
import { removeSecurityGroup } from '@/lib/persistence/security-group-store.ts'
import { requireSecurityGroup, securityGroupDocument } from './security-group-view.ts'

/** Throws `in_use` with its services. */
export async function deleteSecurityGroup(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'networks.write')
  const id = await inTransaction(consoleContext().database, async (transaction) => {
    const row = await requireSecurityGroup(transaction, idOrName, caller)
    const { workspaceId, name } = row
    requireUnused((await usersOfSecurityGroups(transaction, [row.id])).get(row.id) ?? [])
    await removeSecurityGroup(transaction, { workspaceId, id: row.id })
    await recordActivity(transaction, caller, {
      action: 'security-group.deleted',
      workspaceId,
      object: { kind: 'security-group', id: row.id, name },
      changes: changedFields(securityGroupDocument(row), null),
    })
    return row.id
  })
  configurationPublished([], caller.workspace.id, { kind: 'security-group', id, version: null })
}
