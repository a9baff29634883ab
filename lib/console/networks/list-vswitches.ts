import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { VSwitch } from '@/lib/domain/network.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { listVSwitches as listRows } from '@/lib/persistence/vswitch-store.ts'
import { viewVSwitches } from './vswitch-view.ts'

/** By name; of one VPC where the query names it. */
export async function listVSwitches(
  query: PageQuery & { readonly vpcId?: string | undefined },
  caller: WorkspaceCaller,
): Promise<Page<VSwitch>> {
  requirePermission(caller, 'networks.read')
  const { database } = consoleContext()
  const page = await listRows(database, { ...query, workspaceId: caller.workspace.id })
  return { items: await viewVSwitches(database, page.items, caller), nextCursor: page.nextCursor }
}
