import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Page } from '@/lib/domain/object.ts'
import type { ServiceQuery, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { listServices as listRows } from '@/lib/persistence/service-store.ts'
import { viewServices } from './view-services.ts'

/** By name. */
export async function listServices(
  { gatewayId, ...query }: ServiceQuery,
  caller: WorkspaceCaller,
): Promise<Page<UpstreamService>> {
  requirePermission(caller, 'services.read')
  const { database } = consoleContext()
  const workspaceId = caller.workspace.id
  const gateway = gatewayId === undefined ? undefined : await getGateway(database, workspaceId, gatewayId)
  if (gateway === null) return { items: [], nextCursor: null }
  const page = await listRows(database, { ...query, workspaceId, gatewayId: gateway?.id })
  return { items: await viewServices(database, page.items), nextCursor: page.nextCursor }
}
