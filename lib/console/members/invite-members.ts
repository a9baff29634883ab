import { randomToken, tokenHash } from '@/lib/console/accounts/random-token.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import type { Invitation, InviteInput } from '@/lib/domain/member.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { insertInvitation } from '@/lib/persistence/invitation-store.ts'
import { listMembers } from '@/lib/persistence/member-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { toInvitation } from './list-invitations.ts'

const lifetimeMs = 7 * 86_400_000

/** One link per address, shown once. A new link for an address replaces the open one. */
export async function inviteMembers(
  { emails, role }: InviteInput,
  caller: WorkspaceCaller,
): Promise<{ items: Invitation[] }> {
  requirePermission(caller, 'members.write')
  const { database, clock, publicUrl } = consoleContext()
  const items = await inTransaction(database, async (transaction) => {
    await refuseMembers(transaction, emails, caller.workspace.id)
    const made: Invitation[] = []
    for (const email of new Set(emails)) {
      const token = randomToken('')
      const row = await insertInvitation(transaction, {
        id: createId('inv'),
        workspaceId: caller.workspace.id,
        email,
        role,
        tokenHash: tokenHash(token),
        invitedById: caller.id,
        invitedByName: caller.name,
        expiresAt: new Date(clock.now() + lifetimeMs),
      })
      await recordActivity(transaction, caller, {
        action: 'member.invited',
        workspaceId: caller.workspace.id,
        object: { kind: 'invitation', id: row.id, name: email },
        changes: [{ path: 'role', before: null, after: role }],
      })
      made.push(toInvitation(row, `${publicUrl}/invitation?token=${token}`))
    }
    return made
  })
  return { items }
}

async function refuseMembers(
  transaction: Transaction,
  emails: readonly string[],
  workspaceId: string,
): Promise<void> {
  const members = new Set((await listMembers(transaction, workspaceId)).map((member) => member.user.email))
  const invalidFields = emails.flatMap((email, index) =>
    members.has(email)
      ? [{ path: `emails.${index}`, code: 'already_member', message: `${email} is a member already.` }]
      : [],
  )
  const first = invalidFields[0]
  if (first) throw new AppError('conflict', first.message, { invalidFields })
}
