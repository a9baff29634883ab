import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { confirmName } from '@/lib/console/confirm-name.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { releaseNlbPorts } from '@/lib/console/gateways/allocate-ports.ts'
import { documentChanges } from '@/lib/console/gateways/revision-view.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import { serviceDocument } from '@/lib/control-plane/service-rows.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { removeInferenceService } from '@/lib/persistence/inference-service-store.ts'
import { listServicesUsing } from '@/lib/persistence/service-store.ts'
import { requireService } from './require-service.ts'

/** Throws `in_use` with the services of the AI gateway that follow it. */
export async function deleteInferenceService(
  idOrName: string,
  confirm: string | undefined,
  caller: WorkspaceCaller,
): Promise<void> {
  requirePermission(caller, 'inference-services.write')
  const { database, clock } = consoleContext()
  const deleted = await inTransaction(database, async (transaction) => {
    const row = await requireService(transaction, idOrName, caller)
    const { id, name, workspaceId, gatewayId } = row
    confirmName(confirm, name)
    const users = await listServicesUsing(transaction, { inferenceServiceId: id })
    requireUnused(users.map((user) => ({ kind: 'service', id: user.id, name: user.name })))
    const before = serviceDocument(row)
    await releaseNlbPorts(transaction, id)
    await removeInferenceService(transaction, { workspaceId, id })
    const kind = 'inference-service'
    await recordChange(transaction, {
      gatewayId,
      author: { id: caller.id, name: caller.name },
      changes: [{ kind, id, name, workspaceId, operation: 'deleted', before, after: null }],
      now: clock.now(),
    })
    await recordActivity(transaction, caller, {
      action: 'inference-service.deleted',
      workspaceId,
      object: { kind, id, name },
      changes: documentChanges(before, null),
    })
    return row
  })
  const event = { kind: 'inference-service', id: deleted.id, version: null }
  configurationPublished([deleted.gatewayId], caller.workspace.id, event)
}
