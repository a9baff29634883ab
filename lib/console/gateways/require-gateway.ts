import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { type GatewayRow, getGateway } from '@/lib/persistence/gateway-store.ts'

/** By id or name, of the workspace or shared. Throws `not_found`. */
export async function requireGateway(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<GatewayRow> {
  return found(await getGateway(transaction, caller.workspace.id, idOrName))
}
