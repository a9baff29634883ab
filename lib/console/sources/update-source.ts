import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { takenName } from '@/lib/console/field-error.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { type Source, sourceType, type UpdateSourceInput } from '@/lib/domain/source.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import {
  isSourceNameTaken,
  type SourceRow,
  updateSource as updateRow,
} from '@/lib/persistence/source-store.ts'
import { requireVersion } from '@/lib/persistence/version-check.ts'
import { getSource } from './get-source.ts'
import { planSource } from './plan-source.ts'
import { recordSource } from './record-source.ts'
import { requireOwnAccess, requireSource } from './require-source.ts'
import { sourceColumns, storedPlan } from './source-columns.ts'

/** Fields left out stay. Throws `version_conflict` with the source as it is now. */
export async function updateSource(
  idOrName: string,
  input: UpdateSourceInput,
  caller: WorkspaceCaller,
): Promise<Source> {
  requirePermission(caller, 'sources.write')
  const row = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getSource(idOrName, caller),
  )
  const event = { kind: 'source', id: row.id, version: row.version }
  configurationPublished([row.gatewayId], row.workspaceId, event)
  return await getSource(row.id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, name, kubernetes, nacos }: UpdateSourceInput,
  caller: WorkspaceCaller,
): Promise<SourceRow> {
  const before = await requireSource(transaction, idOrName, caller)
  requireVersion(before, version)
  const { id, workspaceId } = before
  if (
    name !== undefined &&
    name !== before.name &&
    (await isSourceNameTaken(transaction, workspaceId, name))
  ) {
    throw takenName(`This workspace has a source named ${name} already.`, name)
  }
  const plan = nextPlan(before, { kubernetes, nacos })
  if (plan !== null && kubernetes?.connection.kind !== connectionOf(before)) {
    requireOwnAccess(caller, plan.config)
  }
  const columns = { ...(name !== undefined && { name }), ...(plan && sourceColumns({ id, before }, plan)) }
  await updateRow(transaction, { id, workspaceId, version }, columns)
  const after = await requireSource(transaction, id, caller)
  await recordSource(transaction, { before, after }, caller)
  return after
}

function connectionOf(row: SourceRow): string | undefined {
  const { config } = storedPlan(row)
  return config.type === 'nacos' ? undefined : config.connection.kind
}

/** Null: how it is reached stays. */
function nextPlan(row: SourceRow, { kubernetes, nacos }: Pick<UpdateSourceInput, 'kubernetes' | 'nacos'>) {
  const type = sourceType.parse(row.type)
  const foreign = type === 'nacos' ? { kubernetes } : { nacos }
  const paths = Object.entries(foreign).flatMap(([path, part]) => (part === undefined ? [] : path))
  const message = 'The type of a source stays. Make another source for another type.'
  refuseProblems(paths.map((path) => ({ path, code: 'type_stays', message })))
  if (kubernetes === undefined && nacos === undefined) return null
  return planSource({ type, kubernetes, nacos, stored: storedPlan(row) })
}
