import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { requireGateway } from '@/lib/console/gateways/require-gateway.ts'
import { isAppError } from '@/lib/console/http/problem-response.ts'
import type { InferenceService, InferenceServiceQuery } from '@/lib/domain/inference-service.ts'
import type { Page } from '@/lib/domain/object.ts'
import { listInferenceServices as listRows } from '@/lib/persistence/inference-service-store.ts'
import { viewServices } from './view-services.ts'

/** Filters name several values with commas: `status=failed,degraded`. */
export async function listInferenceServices(
  query: InferenceServiceQuery,
  caller: WorkspaceCaller,
): Promise<Page<InferenceService>> {
  requirePermission(caller, 'inference-services.read')
  const gatewayId = await gatewayIdOf(query.gatewayId, caller)
  if (gatewayId === null) return { items: [], nextCursor: null }
  const states = valuesOf(query.status)
  const items: InferenceService[] = []
  let cursor = query.cursor
  // Status is computed, not stored, so a filter on it reads on until the page is full.
  do {
    const page = await readPage({ ...query, cursor, limit: query.limit - items.length, gatewayId }, caller)
    items.push(...page.items.filter((item) => states === undefined || states.includes(item.status.state)))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && items.length < query.limit)
  return { items, nextCursor: cursor ?? null }
}

async function readPage(
  query: InferenceServiceQuery & { readonly gatewayId: string | undefined },
  caller: WorkspaceCaller,
): Promise<Page<InferenceService>> {
  const { database } = consoleContext()
  const { q, sort, limit, cursor, gatewayId, apiType } = query
  const page = await listRows(database, {
    workspaceId: caller.workspace.id,
    q,
    gatewayId,
    apiTypes: valuesOf(apiType),
    sort,
    limit,
    cursor,
    aliveSince: aliveSince(),
  })
  return { items: await viewServices(database, page.items), nextCursor: page.nextCursor }
}

function valuesOf(text: string | undefined): readonly string[] | undefined {
  const values = text?.split(',').filter(Boolean) ?? []
  return values.length === 0 ? undefined : values
}

/** Undefined: any gateway. Null: one that is not there, so nothing is bound to it. */
async function gatewayIdOf(
  idOrName: string | undefined,
  caller: WorkspaceCaller,
): Promise<string | null | undefined> {
  if (!idOrName) return undefined
  try {
    return (await requireGateway(consoleContext().database, idOrName, caller)).id
  } catch (error) {
    if (isAppError(error) && error.code === 'not_found') return null
    throw error
  }
}
