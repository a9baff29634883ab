import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { documentChanges } from '@/lib/console/gateways/revision-view.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import {
  type InferenceServiceRow,
  type InstanceInsert,
  updateInferenceService as updateRow,
} from '@/lib/persistence/inference-service-store.ts'
import { getInferenceService } from './get-inference-service.ts'
import { requireService } from './require-service.ts'

type Columns = Parameters<typeof updateRow>[2]

export interface ServiceWrite {
  readonly columns: Columns
  /** The whole list; undefined leaves it. */
  readonly instances?: readonly InstanceInsert[] | undefined
}

export interface ServiceChangeRequest {
  readonly action: string
  readonly version: number
  readonly write: (row: InferenceServiceRow, transaction: Transaction) => Promise<ServiceWrite>
}

/** The one way a service changes: version check, write, revision, activity, publication. */
export async function changeService(
  idOrName: string,
  request: ServiceChangeRequest,
  caller: WorkspaceCaller,
): Promise<InferenceService> {
  requirePermission(caller, 'inference-services.write')
  const { database } = consoleContext()
  const { before, after } = await withCurrent(
    () => inTransaction(database, (transaction) => apply(transaction, idOrName, request, caller)),
    () => getInferenceService(idOrName, caller),
  )
  const event = { kind: 'inference-service', id: after.id, version: after.version }
  configurationPublished([before.gatewayId, after.gatewayId], caller.workspace.id, event)
  return await getInferenceService(after.id, caller)
}

async function apply(
  transaction: Transaction,
  idOrName: string,
  { action, version, write }: ServiceChangeRequest,
  caller: WorkspaceCaller,
): Promise<{ before: InferenceServiceRow; after: InferenceServiceRow }> {
  const before = await requireService(transaction, idOrName, caller)
  const { id, name, workspaceId } = before
  const { columns, instances } = await write(before, transaction)
  await updateRow(transaction, { workspaceId, id, version }, columns, instances)
  const after = await requireService(transaction, id, caller)
  const documents = { before: serviceDocument(before), after: serviceDocument(after) }
  const kind = 'inference-service'
  for (const gatewayId of new Set([before.gatewayId, after.gatewayId])) {
    await recordChange(transaction, {
      gatewayId,
      author: { id: caller.id, name: caller.name },
      changes: [{ kind, id, name, workspaceId, operation: 'updated', ...documents }],
      now: consoleContext().clock.now(),
    })
  }
  await recordActivity(transaction, caller, {
    action,
    workspaceId,
    object: { kind, id, name },
    changes: documentChanges(documents.before, documents.after),
  })
  return { before, after }
}
