import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { getInvitation, removeInvitation } from '@/lib/persistence/invitation-store.ts'

export async function revokeInvitation(id: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'members.write')
  await inTransaction(consoleContext().database, async (transaction) => {
    const row = found(await getInvitation(transaction, caller.workspace.id, id))
    await removeInvitation(transaction, caller.workspace.id, id)
    await recordActivity(transaction, caller, {
      action: 'member.invitation-revoked',
      workspaceId: caller.workspace.id,
      object: { kind: 'invitation', id, name: row.email },
    })
  })
}
