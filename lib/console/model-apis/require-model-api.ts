import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getModelApi, type ModelApiRow } from '@/lib/persistence/model-api-store.ts'

/** By id or name, within the caller's workspace. Throws `not_found`. */
export async function requireModelApi(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<ModelApiRow> {
  return found(await getModelApi(transaction, caller.workspace.id, idOrName))
}
