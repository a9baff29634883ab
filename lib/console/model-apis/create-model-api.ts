import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { CreateModelApiInput, ModelApi } from '@/lib/domain/model-api.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { insertModelApi, type ModelApiRow } from '@/lib/persistence/model-api-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { requireFreeName, requireModelApiPlan, serviceIdsOf } from './check-model-api.ts'
import { getModelApi } from './get-model-api.ts'
import { recordModelApi } from './record-model-api.ts'
import { requireModelApi } from './require-model-api.ts'

/** Throws `conflict` when the name, or the base path under one of its domain names, is taken. */
export async function createModelApi(input: CreateModelApiInput, caller: WorkspaceCaller): Promise<ModelApi> {
  requirePermission(caller, 'model-apis.write')
  const row = await inTransaction(consoleContext().database, (transaction) =>
    insert(transaction, input, caller),
  )
  const event = { kind: 'model-api', id: row.id, version: row.version }
  configurationPublished([row.gatewayId], row.workspaceId, event)
  return await getModelApi(row.id, caller)
}

async function insert(
  transaction: Transaction,
  { gatewayId: wanted, ...input }: CreateModelApiInput,
  caller: WorkspaceCaller,
): Promise<ModelApiRow> {
  await requireFreeName(transaction, input.name)
  const workspaceId = caller.workspace.id
  const gateway = await getGateway(transaction, workspaceId, wanted)
  if (gateway === null) throw fieldError('gatewayId', 'gateway_unknown', 'There is no such gateway.')
  const place = { workspaceId, gatewayId: gateway.id }
  await requireModelApiPlan(transaction, { ...input, ...place }, null)
  const id = createId('mapi')
  await insertModelApi(transaction, { ...input, ...place, id }, serviceIdsOf(input))
  const row = await requireModelApi(transaction, id, caller)
  await recordModelApi(transaction, { before: null, after: row }, caller)
  return row
}
