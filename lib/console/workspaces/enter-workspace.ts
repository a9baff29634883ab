import type { Caller, WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { type Role, role } from '@/lib/domain/role.ts'
import { findMembership } from '@/lib/persistence/member-store.ts'
import { getWorkspace } from '@/lib/persistence/workspace-store.ts'

/** The caller with its role in a workspace, by id or name. A workspace it has no role in is `not_found` to it. */
export async function enterWorkspace(idOrName: string, caller: Caller): Promise<WorkspaceCaller> {
  const { database } = consoleContext()
  const { id, name } = found(await getWorkspace(database, idOrName))
  return { ...caller, workspace: { id, name }, role: found(await roleIn(id, caller)) }
}

async function roleIn(workspaceId: string, caller: Caller): Promise<Role | null> {
  const { tokenScope } = caller
  if (tokenScope !== null) {
    const reaches = tokenScope.workspaceId === null || tokenScope.workspaceId === workspaceId
    return reaches ? tokenScope.role : null
  }
  if (caller.ownsInstallation) return 'owner'
  if (caller.id === null) return null
  const member = await findMembership(consoleContext().database, workspaceId, caller.id)
  return member === null ? null : role.parse(member.role)
}
