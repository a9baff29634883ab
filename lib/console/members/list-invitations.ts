import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Invitation } from '@/lib/domain/member.ts'
import { role } from '@/lib/domain/role.ts'
import { type InvitationRow, listOpenInvitations } from '@/lib/persistence/invitation-store.ts'

export async function listInvitations(caller: WorkspaceCaller): Promise<{ items: Invitation[] }> {
  requirePermission(caller, 'members.read')
  const { database, clock } = consoleContext()
  const rows = await listOpenInvitations(database, caller.workspace.id, new Date(clock.now()))
  return { items: rows.map((row) => toInvitation(row, null)) }
}

export function toInvitation(row: InvitationRow, url: string | null): Invitation {
  return {
    id: row.id,
    email: row.email,
    role: role.parse(row.role),
    invitedBy: row.invitedByName,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    url,
  }
}
