import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Member } from '@/lib/domain/member.ts'
import { role } from '@/lib/domain/role.ts'
import { lastActiveOf, listMembers as listRows, type MemberWithUser } from '@/lib/persistence/member-store.ts'

export async function listMembers(caller: WorkspaceCaller): Promise<{ items: Member[] }> {
  requirePermission(caller, 'members.read')
  const { database } = consoleContext()
  const rows = await listRows(database, caller.workspace.id)
  const active = await lastActiveOf(
    database,
    rows.map((row) => row.userId),
  )
  return { items: rows.map((row) => toMember(row, active.get(row.userId) ?? null)) }
}

export function toMember(row: MemberWithUser, lastActiveAt: Date | null): Member {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: role.parse(row.role),
    lastActiveAt: lastActiveAt?.toISOString() ?? null,
  }
}
