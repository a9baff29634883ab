import type * as z from 'zod'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { ModelApi, modelApiQuery } from '@/lib/domain/model-api.ts'
import type { Page } from '@/lib/domain/object.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { listModelApis as listRows } from '@/lib/persistence/model-api-store.ts'
import { viewModelApis } from './view-model-apis.ts'

/** By name. */
export async function listModelApis(
  { gatewayId, ...query }: z.infer<typeof modelApiQuery>,
  caller: WorkspaceCaller,
): Promise<Page<ModelApi>> {
  requirePermission(caller, 'model-apis.read')
  const { database } = consoleContext()
  const workspaceId = caller.workspace.id
  const gateway = gatewayId === undefined ? undefined : await getGateway(database, workspaceId, gatewayId)
  if (gateway === null) return { items: [], nextCursor: null }
  const page = await listRows(database, { ...query, workspaceId, gatewayId: gateway?.id })
  return { items: await viewModelApis(database, page.items), nextCursor: page.nextCursor }
}
