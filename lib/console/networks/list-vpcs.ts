import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Vpc } from '@/lib/domain/network.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { listVpcs as listRows } from '@/lib/persistence/vpc-store.ts'
import { viewVpcs } from './vpc-view.ts'

/** By name. */
export async function listVpcs(query: PageQuery, caller: WorkspaceCaller): Promise<Page<Vpc>> {
  requirePermission(caller, 'networks.read')
  const { database } = consoleContext()
  const page = await listRows(database, { ...query, workspaceId: caller.workspace.id })
  return { items: await viewVpcs(database, page.items, caller), nextCursor: page.nextCursor }
}
