import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import type { Page, PageQuery } from '@/lib/domain/object.ts'
import { listDomains as listRows } from '@/lib/persistence/domain-store.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { viewDomains } from './view-domains.ts'

/** By name: the workspace's own and those of the shared gateway; of one gateway where the query names it. */
export async function listDomains(
  { gatewayId, ...query }: PageQuery & { readonly gatewayId?: string | undefined },
  caller: WorkspaceCaller,
): Promise<Page<Domain>> {
  requirePermission(caller, 'domains.read')
  const { database } = consoleContext()
  const workspaceId = caller.workspace.id
  const gateway = gatewayId === undefined ? undefined : await getGateway(database, workspaceId, gatewayId)
  if (gateway === null) return { items: [], nextCursor: null }
  const page = await listRows(database, { ...query, workspaceId, gatewayId: gateway?.id })
  return { items: await viewDomains(database, page.items, caller), nextCursor: page.nextCursor }
}
