import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import type { Source } from '@/lib/domain/source.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { listSources as listRows } from '@/lib/persistence/source-store.ts'
import { viewSources } from './view-sources.ts'

/** By name. */
export async function listSources(
  { gatewayId, ...query }: PageQuery & { readonly gatewayId?: string | undefined },
  caller: WorkspaceCaller,
): Promise<Page<Source>> {
  requirePermission(caller, 'sources.read')
  const { database } = consoleContext()
  const workspaceId = caller.workspace.id
  const gateway = gatewayId === undefined ? undefined : await getGateway(database, workspaceId, gatewayId)
  if (gateway === null) return { items: [], nextCursor: null }
  const page = await listRows(database, { ...query, workspaceId, gatewayId: gateway?.id })
  return { items: await viewSources(database, page.items), nextCursor: page.nextCursor }
}
