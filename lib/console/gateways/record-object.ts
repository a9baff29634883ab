import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { ConfigurationDocument } from '@/lib/control-plane/documents.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { documentChanges } from './revision-view.ts'

interface GatewayObject {
  readonly id: string
  readonly name: string
  readonly workspaceId: string
  readonly gatewayId: string
}

export interface ObjectChange<Row> {
  /** Null: it is new. */
  readonly before: Row | null
  /** Null: it is gone. */
  readonly after: Row | null
}

/** A revision of the object's gateway and a line of activity. One of the rows is there. */
export async function recordObject<Row extends GatewayObject>(
  transaction: Transaction,
  kind: 'service' | 'source' | 'model-api',
  { before, after }: ObjectChange<Row>,
  toDocument: (row: Row) => ConfigurationDocument,
  caller: WorkspaceCaller,
): Promise<void> {
  const row = after ?? before
  if (row === null) return
  const { id, name, workspaceId, gatewayId } = row
  const operation = before === null ? 'created' : after === null ? 'deleted' : 'updated'
  const documents = { before: before && toDocument(before), after: after && toDocument(after) }
  await recordChange(transaction, {
    gatewayId,
    author: { id: caller.id, name: caller.name },
    changes: [{ kind, id, name, workspaceId, operation, ...documents }],
    now: consoleContext().clock.now(),
  })
  await recordActivity(transaction, caller, {
    action: `${kind}.${operation}`,
    workspaceId,
    object: { kind, id, name },
    changes: documentChanges(
      documents.before && { ...documents.before },
      documents.after && { ...documents.after },
    ),
  })
}
