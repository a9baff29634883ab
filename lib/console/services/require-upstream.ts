import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getService, type ServiceRow } from '@/lib/persistence/service-store.ts'

/** By id or name, within the caller's workspace. Throws `not_found`. */
export async function requireUpstream(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<ServiceRow> {
  return found(await getService(transaction, caller.workspace.id, idOrName))
}
