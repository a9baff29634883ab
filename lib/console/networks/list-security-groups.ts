import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { SecurityGroup } from '@/lib/domain/network.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { listSecurityGroups as listRows } from '@/lib/persistence/security-group-store.ts'
import { viewSecurityGroups } from './security-group-view.ts'

/** By name. */
export async function listSecurityGroups(
  query: PageQuery,
  caller: WorkspaceCaller,
): Promise<Page<SecurityGroup>> {
  requirePermission(caller, 'networks.read')
  const { database } = consoleContext()
  const page = await listRows(database, { ...query, workspaceId: caller.workspace.id })
  return { items: await viewSecurityGroups(database, page.items), nextCursor: page.nextCursor }
}
