import type { Caller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { FieldChange } from '@/lib/domain/activity.ts'
import { insertActivity } from '@/lib/persistence/activity-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'

export interface ActivityRecord {
  /** `inference-service.created` */
  readonly action: string
  /** Null: the installation. */
  readonly workspaceId: string | null
  readonly object: { readonly kind: string; readonly id: string; readonly name: string }
  /** Changed fields only, secrets as "replaced". */
  readonly changes?: readonly FieldChange[]
  readonly reason?: string | null
}

/** In the transaction of the change itself: neither exists without the other. */
export async function recordActivity(
  transaction: Transaction,
  caller: Caller,
  { action, workspaceId, object, changes = [], reason = null }: ActivityRecord,
): Promise<void> {
  const now = consoleContext().clock.now()
  await insertActivity(transaction, {
    id: createId('act', now),
    workspaceId,
    actorKind: caller.kind,
    actorId: caller.id,
    actorName: caller.name,
    action,
    objectKind: object.kind,
    objectId: object.id,
    objectName: object.name,
    address: caller.address,
    requestId: caller.requestId,
    changes: JSON.parse(JSON.stringify(changes)),
    reason,
    createdAt: new Date(now),
  })
}
