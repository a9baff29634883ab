import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import type { Member, UpdateMemberInput } from '@/lib/domain/member.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getMember, updateMemberRole } from '@/lib/persistence/member-store.ts'
import { toMember } from './list-members.ts'
import { protectLastOwner } from './protect-last-owner.ts'

/** Throws `conflict` when it would leave the workspace without an owner. */
export async function updateMember(
  id: string,
  input: UpdateMemberInput,
  caller: WorkspaceCaller,
): Promise<Member> {
  requirePermission(caller, 'members.write')
  const { database } = consoleContext()
  return await withCurrent(
    () => inTransaction(database, (transaction) => update(transaction, id, input, caller)),
    async () => toMember(found(await getMember(database, caller.workspace.id, id))),
  )
}

async function update(
  transaction: Transaction,
  id: string,
  { version, role }: UpdateMemberInput,
  caller: WorkspaceCaller,
): Promise<Member> {
  const workspaceId = caller.workspace.id
  const before = found(await getMember(transaction, workspaceId, id))
  if (role !== 'owner') await protectLastOwner(transaction, before)
  const after = await updateMemberRole(transaction, { workspaceId, id, version }, role)
  await recordActivity(transaction, caller, {
    action: 'member.role-changed',
    workspaceId,
    object: { kind: 'member', id, name: after.user.email },
    changes: [{ path: 'role', before: before.role, after: role }],
  })
  return toMember(after)
}
