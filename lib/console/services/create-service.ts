import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError, takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { CreateServiceInput, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { insertService, isServiceNameTaken, type ServiceRow } from '@/lib/persistence/service-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { getService } from './get-service.ts'
import { planService } from './plan-service.ts'
import { recordService } from './record-service.ts'
import { requireUpstream } from './require-upstream.ts'
import { sealKeys, serviceColumns } from './service-columns.ts'

/** Throws `conflict` when the workspace has the name, `invalid_input` with every field that cannot be. */
export async function createService(
  input: CreateServiceInput,
  caller: WorkspaceCaller,
): Promise<UpstreamService> {
  requirePermission(caller, 'services.write')
  const row = await inTransaction(consoleContext().database, (transaction) =>
    insert(transaction, input, caller),
  )
  const event = { kind: 'service', id: row.id, version: row.version }
  configurationPublished([row.gatewayId], row.workspaceId, event)
  return await getService(row.id, caller)
}

async function insert(
  transaction: Transaction,
  input: CreateServiceInput,
  caller: WorkspaceCaller,
): Promise<ServiceRow> {
  const { source, name, description, requestTimeoutMs } = input
  const workspaceId = caller.workspace.id
  if (await isServiceNameTaken(transaction, workspaceId, name)) {
    throw takenName(`This workspace has a service named ${name} already.`, name)
  }
  const gateway = await getGateway(transaction, workspaceId, input.gatewayId)
  if (gateway === null) throw fieldError('gatewayId', 'gateway_unknown', 'There is no such gateway.')
  const place = { workspaceId, gatewayId: gateway.id }
  const plan = await planService(transaction, { source, parts: input, place, stored: null })
  const id = createId('svc')
  const columns = serviceColumns(plan)
  await insertService(
    transaction,
    { ...columns, ...place, id, source, name, description, requestTimeoutMs },
    sealKeys(plan),
  )
  const row = await requireUpstream(transaction, id, caller)
  await recordService(transaction, { before: null, after: row }, caller)
  return row
}
