import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { documentChanges } from '@/lib/console/gateways/revision-view.ts'
import { toConsumerDocument } from '@/lib/control-plane/consumer-config.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import type { ConsumerRow } from '@/lib/persistence/consumer-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { listModelApisOfWorkspace } from '@/lib/persistence/model-api-store.ts'

export interface ConsumerChange {
  readonly action:
    | 'consumer.created'
    | 'consumer.updated'
    | 'consumer.deleted'
    | 'consumer.credential-added'
    | 'consumer.credential-rotated'
    | 'consumer.credential-removed'
  /** Null: it is new. */
  readonly before: ConsumerRow | null
  /** Null: it is gone. */
  readonly after: ConsumerRow | null
}

/** A revision of each gateway that knows it, and a line of activity. Answers the gateways. */
export async function recordConsumer(
  transaction: Transaction,
  { action, before, after }: ConsumerChange,
  caller: WorkspaceCaller,
): Promise<string[]> {
  const row = after ?? before
  if (row === null) return []
  const { id, name, workspaceId } = row
  const operation = before === null ? 'created' : after === null ? 'deleted' : 'updated'
  const documents = {
    before: before && toConsumerDocument(before),
    after: after && toConsumerDocument(after),
  }
  const gatewayIds = await gatewaysKnowing(transaction, workspaceId)
  for (const gatewayId of gatewayIds) {
    await recordChange(transaction, {
      gatewayId,
      author: { id: caller.id, name: caller.name },
      changes: [{ kind: 'consumer', id, name, workspaceId, operation, ...documents }],
      now: consoleContext().clock.now(),
    })
  }
  await recordActivity(transaction, caller, {
    action,
    workspaceId,
    object: { kind: 'consumer', id, name },
    changes: documentChanges(
      documents.before && { ...documents.before },
      documents.after && { ...documents.after },
    ),
  })
  return gatewayIds
}

/** Those with an API of the workspace that asks its callers who they are. */
async function gatewaysKnowing(transaction: Transaction, workspaceId: string): Promise<string[]> {
  const apis = await listModelApisOfWorkspace(transaction, workspaceId)
  const asking = apis.filter((row) => modelApiDocument.parse(row).plugins.authorization.enabled)
  return [...new Set(asking.map(({ gatewayId }) => gatewayId))]
}
