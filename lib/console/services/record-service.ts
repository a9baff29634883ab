import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { type ObjectChange, recordObject } from '@/lib/console/gateways/record-object.ts'
import { toServiceDocument } from '@/lib/control-plane/upstream-documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { ServiceRow } from '@/lib/persistence/service-store.ts'

export function recordService(
  transaction: Transaction,
  change: ObjectChange<ServiceRow>,
  caller: WorkspaceCaller,
): Promise<void> {
  return recordObject(transaction, 'service', change, toServiceDocument, caller)
}
