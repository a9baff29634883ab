import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import type { ModelApi, UpdateModelApiInput } from '@/lib/domain/model-api.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type ModelApiRow, updateModelApi as updateRow } from '@/lib/persistence/model-api-store.ts'
import { requireVersion } from '@/lib/persistence/version-check.ts'
import { requireFreeName, requireModelApiPlan, serviceIdsOf } from './check-model-api.ts'
import { getModelApi } from './get-model-api.ts'
import { recordModelApi } from './record-model-api.ts'
import { requireModelApi } from './require-model-api.ts'

/** Fields left out stay. Throws `version_conflict` with the API as it is now. */
export async function updateModelApi(
  idOrName: string,
  input: UpdateModelApiInput,
  caller: WorkspaceCaller,
): Promise<ModelApi> {
  requirePermission(caller, 'model-apis.write')
  const row = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getModelApi(idOrName, caller),
  )
  const event = { kind: 'model-api', id: row.id, version: row.version }
  configurationPublished([row.gatewayId], row.workspaceId, event)
  return await getModelApi(row.id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, ...input }: UpdateModelApiInput,
  caller: WorkspaceCaller,
): Promise<ModelApiRow> {
  const before = await requireModelApi(transaction, idOrName, caller)
  requireVersion(before, version)
  const { id, workspaceId } = before
  const present = modelApiDocument.parse(before)
  const plugins = { ...present.plugins, ...withoutUndefined(input.plugins ?? {}) }
  const change = { ...withoutUndefined(input), plugins }
  const plan = { ...present, ...change }
  if (plan.name !== before.name) await requireFreeName(transaction, plan.name)
  await requireModelApiPlan(transaction, plan, id)
  await updateRow(transaction, { id, workspaceId, version }, change, serviceIdsOf(plan))
  const after = await requireModelApi(transaction, id, caller)
  await recordModelApi(transaction, { before, after }, caller)
  return after
}
