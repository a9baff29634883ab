import type { Transaction } from '@/lib/persistence/database.ts'
import { nextGatewayRevision } from '@/lib/persistence/gateway-store.ts'
import { insertRevision } from '@/lib/persistence/revision-store.ts'
import { createId } from '@/lib/platform/id.ts'
import type { ConfigurationChange } from './documents.ts'

export interface ChangeRecord {
  readonly gatewayId: string
  readonly author: { readonly id: string | null; readonly name: string }
  readonly changes: readonly ConfigurationChange[]
  /** The revision that this one brings back. */
  readonly restoredFrom?: number
  readonly now: number
}

/**
 * Makes a revision, in the transaction of the write itself. Answers its number. After the commit, tell the
 * publisher.
 */
export async function recordChange(transaction: Transaction, record: ChangeRecord): Promise<number> {
  const { gatewayId, author, changes, restoredFrom = null, now } = record
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
    changes.map((change) => ({
      id: createId('rev', now),
      workspaceId: change.workspaceId,
      objectKind: change.kind,
      objectId: change.id,
      objectName: change.name,
      operation: change.operation,
      before: change.before,
      after: change.after,
    })),
  )
  return number
}
