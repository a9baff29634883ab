import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { Page } from '@/lib/domain/object.ts'
import { listGateways as listRows } from '@/lib/persistence/gateway-store.ts'
import { gatewayView } from './gateway-view.ts'

/** The shared one and the workspace's own, on one page: they are few. The shared one comes first. */
export async function listGateways(caller: WorkspaceCaller): Promise<Page<Gateway>> {
  requirePermission(caller, 'gateways.read')
  const { database } = consoleContext()
  const rows = [...(await listRows(database, caller.workspace.id))]
  rows.sort((a, b) => Number(a.workspaceId !== null) - Number(b.workspaceId !== null))
  const items: Gateway[] = []
  for (const row of rows) items.push(await gatewayView(database, row, caller))
  return { items, nextCursor: null }
}
