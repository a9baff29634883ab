import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { refuseProblems } from '@/lib/console/field-problems.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { readServiceConfig } from '@/lib/control-plane/service-config.ts'
import {
  type ServiceParts,
  servicePartOf,
  serviceSource,
  type UpdateServiceInput,
  type UpstreamService,
} from '@/lib/domain/upstream-service.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type ServiceRow, updateService as updateRow } from '@/lib/persistence/service-store.ts'
import { requireVersion } from '@/lib/persistence/version-check.ts'
import { getService } from './get-service.ts'
import { planService } from './plan-service.ts'
import { recordService } from './record-service.ts'
import { requireUpstream } from './require-upstream.ts'
import { sealKeys, serviceColumns } from './service-columns.ts'

/** Fields left out stay. Throws `version_conflict` with the service as it is now. */
export async function updateService(
  idOrName: string,
  input: UpdateServiceInput,
  caller: WorkspaceCaller,
): Promise<UpstreamService> {
  requirePermission(caller, 'services.write')
  const row = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getService(idOrName, caller),
  )
  const event = { kind: 'service', id: row.id, version: row.version }
  configurationPublished([row.gatewayId], row.workspaceId, event)
  return await getService(row.id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, description, requestTimeoutMs, ...parts }: UpdateServiceInput,
  caller: WorkspaceCaller,
): Promise<ServiceRow> {
  const before = await requireUpstream(transaction, idOrName, caller)
  requireVersion(before, version)
  const { id, workspaceId } = before
  const plan = await nextPlan(transaction, before, parts)
  const plain = withoutUndefined({ description, requestTimeoutMs })
  await updateRow(
    transaction,
    { id, workspaceId, version },
    { ...plain, ...(plan && serviceColumns(plan)) },
    plan === null ? undefined : sealKeys(plan, before.keys),
  )
  const after = await requireUpstream(transaction, id, caller)
  await recordService(transaction, { before, after }, caller)
  return after
}

/** Null: the part of its source stays. */
async function nextPlan(transaction: Transaction, row: ServiceRow, parts: ServiceParts) {
  const source = serviceSource.parse(row.source)
  const foreign = Object.values(servicePartOf).filter(
    (part) => part !== servicePartOf[source] && parts[part] !== undefined,
  )
  const message = 'The source of a service stays. Make another service for another source.'
  refuseProblems(foreign.map((path) => ({ path, code: 'source_stays', message })))
  if (parts[servicePartOf[source]] === undefined) return null
  const { workspaceId, gatewayId } = row
  const stored = { config: readServiceConfig(row), keys: row.keys }
  return await planService(transaction, { source, parts, place: { workspaceId, gatewayId }, stored })
}
