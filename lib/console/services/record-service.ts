import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { documentChanges } from '@/lib/console/gateways/revision-view.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import { toServiceDocument } from '@/lib/control-plane/upstream-documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { ServiceRow } from '@/lib/persistence/service-store.ts'

/** A revision of its gateway and a line of activity. One of the rows is there. */
export async function recordService(
  transaction: Transaction,
  { before, after }: { readonly before: ServiceRow | null; readonly after: ServiceRow | null },
  caller: WorkspaceCaller,
): Promise<void> {
  const row = after ?? before
  if (row === null) return
  const { id, name, workspaceId, gatewayId } = row
  const operation = before === null ? 'created' : after === null ? 'deleted' : 'updated'
  const documents = {
    before: before && toServiceDocument(before),
    after: after && toServiceDocument(after),
  }
  await recordChange(transaction, {
    gatewayId,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind: 'service', id, name, workspaceId, operation, ...documents }],
    now: consoleContext().clock.now(),
  })
  await recordActivity(transaction, caller, {
    action: `service.${operation}`,
    workspaceId,
    object: { kind: 'service', id, name },
    changes: documentChanges(documents.before, documents.after),
  })
}
