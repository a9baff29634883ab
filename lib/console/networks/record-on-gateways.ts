import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import type { ConfigurationChange } from '@/lib/control-plane/documents.ts'
import { recordChange } from '@/lib/control-plane/record-change.ts'
import type { Transaction } from '@/lib/persistence/database.ts'

/**
 * A revision on each gateway whose snapshot is made of the changed object. Those who own a gateway see the change,
 * also where the object belongs to another workspace. Answers the gateways, for the publisher.
 */
export async function recordOnGateways(
  transaction: Transaction,
  gateways: readonly { readonly id: string; readonly workspaceId: string | null }[],
  change: Omit<ConfigurationChange, 'workspaceId'>,
  caller: WorkspaceCaller,
): Promise<readonly string[]> {
  for (const { id, workspaceId } of gateways) {
    await recordChange(transaction, {
      gatewayId: id,
      author: { id: caller.id, name: caller.name },
      changes: [{ ...change, workspaceId: workspaceId ?? caller.workspace.id }],
      now: consoleContext().clock.now(),
    })
  }
  return gateways.map(({ id }) => id)
}
