import type { Transaction } from '@/lib/persistence/database.ts'
import { nextGatewayRevision } from '@/lib/persistence/gateway-store.ts'
import { insertRevision } from '@/lib/persistence/revision-store.ts'
import { createId } from '@/lib/platform/id.ts'
import type { ChangeRecord } from './change-record.ts'
import { followingChanges } from './following-changes.ts'

/**
 * Makes a revision, in the transaction of the write itself, and one on each other gateway whose services follow what
 * changed. Answers the first one's number. After the commit, tell the publisher.
 */
export async function recordChange(transaction: Transaction, change: ChangeRecord): Promise<number> {
  const number = await record(transaction, change)
  for (const following of await followingChanges(transaction, change)) await record(transaction, following)
  return number
}

async function record(transaction: Transaction, change: ChangeRecord): Promise<number> {
  const { gatewayId, author, changes, restoredFrom = null, now } = change
  const number = await nextGatewayRevision(transaction, gatewayId)
  await insertRevision(
    transaction,
    {
      id: createId('rev', now),
      gatewayId,
      number,
      authorId: author.id,
      authorName: author.name,
      restoredFrom,
      createdAt: new Date(now),
    },
    changes.map(({ kind, id, name, ...rest }) => ({
      id: createId('rev', now),
      workspaceId: rest.workspaceId,
      objectKind: kind,
      objectId: id,
      objectName: name,
      operation: rest.operation,
      before: rest.before,
      after: rest.after,
    })),
  )
  return number
}
