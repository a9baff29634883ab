import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { versionConflict } from '@/lib/console/version-conflict.ts'
import type { Member, UpdateMemberInput } from '@/lib/domain/member.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { findMemberById, lastActiveOf, updateMemberRole } from '@/lib/persistence/member-store.ts'
import { toMember } from './list-members.ts'
import { protectLastOwner } from './protect-last-owner.ts'

/** Throws `conflict` when it would leave the workspace without an owner. */
export async function updateMember(
  id: string,
  { version, role }: UpdateMemberInput,
  caller: WorkspaceCaller,
): Promise<Member> {
  requirePermission(caller, 'members.write')
  return await inTransaction(consoleContext().database, async (transaction) => {
    const before = found(await findMemberById(transaction, caller.workspace.id, id))
    if (role !== 'owner') await protectLastOwner(transaction, before)
    const after = await updateMemberRole(transaction, id, version, role)
    const lastActiveAt = (await lastActiveOf(transaction, [before.userId])).get(before.userId) ?? null
    if (after === null) throw versionConflict(toMember(before, lastActiveAt))
    await recordActivity(transaction, caller, {
      action: 'member.role-changed',
      workspaceId: caller.workspace.id,
      object: { kind: 'member', id, name: after.user.email },
      changes: [{ path: 'role', before: before.role, after: role }],
    })
    return toMember(after, lastActiveAt)
  })
}
