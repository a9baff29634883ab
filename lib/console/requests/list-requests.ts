import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { Page } from '@/lib/domain/object.ts'
import type { RequestQuery, RequestRecord } from '@/lib/domain/request-record.ts'
import { getModelApi } from '@/lib/persistence/model-api-store.ts'
import { listRequests as listRows } from '@/lib/persistence/request-store.ts'
import { viewRequest } from './view-request.ts'

/** Newest first. */
export async function listRequests(
  { modelApiId, status, ...query }: RequestQuery,
  caller: WorkspaceCaller,
): Promise<Page<RequestRecord>> {
  requirePermission(caller, 'requests.read')
  const { database } = consoleContext()
  const workspaceId = caller.workspace.id
  const api = modelApiId === undefined ? undefined : await getModelApi(database, workspaceId, modelApiId)
  if (api === null) return { items: [], nextCursor: null }
  const page = await listRows(database, {
    ...query,
    workspaceId,
    modelApiId: api?.id,
    status: status === undefined ? undefined : rangeOf(status),
  })
  return { items: page.items.map(viewRequest), nextCursor: page.nextCursor }
}

function rangeOf(status: string): readonly [number, number] {
  if (!status.endsWith('xx')) return [Number(status), Number(status) + 1]
  const first = Number(status[0]) * 100
  return [first, first + 100]
}
