import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { removeIdleLinks } from '@/lib/persistence/network-user-store.ts'
import { recordOnGateways } from './record-on-gateways.ts'

/** With a VPC go the requests of other workspaces' gateways that nobody granted. Answers the gateways. */
export async function forgetVpc(
  transaction: Transaction,
  vpcId: string,
  caller: WorkspaceCaller,
): Promise<readonly string[]> {
  const asking = await removeIdleLinks(transaction, vpcId)
  // They have never known more of it than its id.
  const before = { name: vpcId, cidrs: [] }
  const change = { kind: 'vpc', id: vpcId, name: vpcId, operation: 'deleted', before, after: null } as const
  return await recordOnGateways(transaction, asking, change, caller)
}
