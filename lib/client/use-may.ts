import { useQuery } from '@tanstack/react-query'
import type { Session } from '@/lib/domain/account.ts'
import { mayRole, type Permission } from '@/lib/domain/role.ts'
import { sessionQueries } from './session-queries.ts'

/** Whether the reader's role in a workspace has a permission. The API decides; a page only explains. */
export function useMay(workspace: string, permission: Permission): boolean {
  const { data } = useQuery(sessionQueries.current())
  return data !== undefined && sessionMay(data, workspace, permission)
}

/** `workspace` is an id or a name. */
export function sessionMay(session: Session, workspace: string, permission: Permission): boolean {
  if (session.user.installationRole === 'owner') return true
  const found = session.workspaces.find(({ id, name }) => id === workspace || name === workspace)
  return found !== undefined && mayRole(found.role, permission)
}
