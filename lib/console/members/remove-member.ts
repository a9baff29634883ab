import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { getMember, removeMember as removeRow } from '@/lib/persistence/member-store.ts'
import { protectLastOwner } from './protect-last-owner.ts'

/** Owners remove anyone; everyone may leave. Throws `conflict` for the last owner. */
export async function removeMember(id: string, caller: WorkspaceCaller): Promise<void> {
  await inTransaction(consoleContext().database, async (transaction) => {
    const member = found(await getMember(transaction, caller.workspace.id, id))
    const leaves = caller.kind === 'user' && member.userId === caller.id
    if (!leaves) requirePermission(caller, 'members.write')
    await protectLastOwner(transaction, member)
    await removeRow(transaction, caller.workspace.id, id)
    await recordActivity(transaction, caller, {
      action: leaves ? 'member.left' : 'member.removed',
      workspaceId: caller.workspace.id,
      object: { kind: 'member', id, name: member.user.email },
      changes: [{ path: 'role', before: member.role, after: null }],
    })
  })
}
