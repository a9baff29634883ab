import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Member } from '@/lib/domain/member.ts'
import { role } from '@/lib/domain/role.ts'
import { listMembers as listRows, type MemberRow } from '@/lib/persistence/member-store.ts'

export async function listMembers(caller: WorkspaceCaller): Promise<{ items: Member[] }> {
  requirePermission(caller, 'members.read')
  const rows = await listRows(consoleContext().database, caller.workspace.id)
  return { items: rows.map(toMember) }
}

export function toMember(row: MemberRow): Member {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: role.parse(row.role),
    lastActiveAt: row.lastOpenedAt?.toISOString() ?? null,
  }
}
