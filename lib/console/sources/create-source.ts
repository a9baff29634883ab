import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError, takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { CreateSourceInput, Source } from '@/lib/domain/source.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getGateway } from '@/lib/persistence/gateway-store.ts'
import { insertSource, isSourceNameTaken, type SourceRow } from '@/lib/persistence/source-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { getSource } from './get-source.ts'
import { planSource } from './plan-source.ts'
import { recordSource } from './record-source.ts'
import { requireOwnAccess, requireSource } from './require-source.ts'
import { sourceColumns } from './source-columns.ts'
import { requireRoom } from './source-quota.ts'

/** Throws `conflict` when the workspace has the name, `invalid_input` when the gateway has no room for it. */
export async function createSource(input: CreateSourceInput, caller: WorkspaceCaller): Promise<Source> {
  requirePermission(caller, 'sources.write')
  const row = await inTransaction(consoleContext().database, (transaction) =>
    insert(transaction, input, caller),
  )
  configurationPublished([row.gatewayId], row.workspaceId, {
    kind: 'source',
    id: row.id,
    version: row.version,
  })
  return await getSource(row.id, caller)
}

async function insert(
  transaction: Transaction,
  input: CreateSourceInput,
  caller: WorkspaceCaller,
): Promise<SourceRow> {
  const { name, type } = input
  const workspaceId = caller.workspace.id
  if (await isSourceNameTaken(transaction, workspaceId, name)) {
    throw takenName(`This workspace has a source named ${name} already.`, name)
  }
  const gateway = await getGateway(transaction, workspaceId, input.gatewayId)
  if (gateway === null) throw fieldError('gatewayId', 'gateway_unknown', 'There is no such gateway.')
  const place = { workspaceId, gatewayId: gateway.id }
  await requireRoom(transaction, place, type)
  const plan = planSource({ ...input, stored: null })
  requireOwnAccess(caller, plan.config)
  const id = createId('src')
  await insertSource(transaction, { ...sourceColumns({ id, before: null }, plan), ...place, id, name, type })
  const row = await requireSource(transaction, id, caller)
  await recordSource(transaction, { before: null, after: row }, caller)
  return row
}
