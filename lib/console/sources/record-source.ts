import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { type ObjectChange, recordObject } from '@/lib/console/gateways/record-object.ts'
import { toSourceDocument } from '@/lib/control-plane/upstream-documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { SourceRow } from '@/lib/persistence/source-store.ts'

export function recordSource(
  transaction: Transaction,
  change: ObjectChange<SourceRow>,
  caller: WorkspaceCaller,
): Promise<void> {
  return recordObject(transaction, 'source', change, toSourceDocument, caller)
}
