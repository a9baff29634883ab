import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { ModelApiRow } from '@/lib/persistence/model-api-store.ts'

/** A revision of its gateway and a line of activity. One of the rows is there. */
export async function recordModelApi(
  transaction: Transaction,
  { before, after }: { readonly before: ModelApiRow | null; readonly after: ModelApiRow | null },
  caller: WorkspaceCaller,
): Promise<void> {
  const row = after ?? before
  if (row === null) return
  const { id, name, workspaceId, gatewayId } = row
  const operation = before === null ? 'created' : after === null ? 'deleted' : 'updated'
  const documents = {
    before: before && modelApiDocument.parse(before),
    after: after && modelApiDocument.parse(after),
  }
  await recordChange(transaction, {
    gatewayId,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind: 'model-api', id, name, workspaceId, operation, ...documents }],
    now: consoleContext().clock.now(),
  })
  await recordActivity(transaction, caller, {
    action: `model-api.${operation}`,
    workspaceId,
    object: { kind: 'model-api', id, name },
    changes: changedFields(documents.before, documents.after),
  })
}
