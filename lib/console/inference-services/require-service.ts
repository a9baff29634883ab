import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { aliveSince } from '@/lib/console/gateways/live-nodes.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getInferenceService, type InferenceServiceRow } from '@/lib/persistence/inference-service-store.ts'

/** By id or name, within the caller's workspace. Throws `not_found`. */
export async function requireService(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<InferenceServiceRow> {
  return found(await getInferenceService(transaction, caller.workspace.id, idOrName, aliveSince()))
}
