import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { type ObjectChange, recordObject } from '@/lib/console/gateways/record-object.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import type { ModelApiRow } from '@/lib/persistence/model-api-store.ts'

export function recordModelApi(
  transaction: Transaction,
  change: ObjectChange<ModelApiRow>,
  caller: WorkspaceCaller,
): Promise<void> {
  return recordObject(transaction, 'model-api', change, (row) => modelApiDocument.parse(row), caller)
}
