import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { removeConsumer } from '@/lib/persistence/consumer-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { recordConsumer } from './record-consumer.ts'
import { requireConsumer } from './require-consumer.ts'

/** Its keys are unknown from the next snapshot on. */
export async function deleteConsumer(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'consumers.write')
  const { id, gatewayIds } = await inTransaction(consoleContext().database, async (transaction) => {
    const before = await requireConsumer(transaction, idOrName, caller)
    await removeConsumer(transaction, before)
    const change = { action: 'consumer.deleted', before, after: null } as const
    return { id: before.id, gatewayIds: await recordConsumer(transaction, change, caller) }
  })
  configurationPublished(gatewayIds, caller.workspace.id, { kind: 'consumer', id, version: null })
}
