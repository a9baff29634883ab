import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { ConsumerRow } from '@/lib/persistence/consumer-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { type ConsumerChange, recordConsumer } from './record-consumer.ts'
import { requireConsumer } from './require-consumer.ts'

/** One change of a consumer's credentials, recorded and published; answers what `change` does. */
export async function changeCredentials<Result>(
  idOrName: string,
  caller: WorkspaceCaller,
  action: ConsumerChange['action'],
  change: (transaction: Transaction, before: ConsumerRow) => Promise<Result>,
): Promise<{ result: Result; consumer: ConsumerRow }> {
  requirePermission(caller, 'consumers.write')
  const { gatewayIds, ...changed } = await inTransaction(consoleContext().database, async (transaction) => {
    const before = await requireConsumer(transaction, idOrName, caller)
    const result = await change(transaction, before)
    const consumer = await requireConsumer(transaction, before.id, caller)
    const gatewayIds = await recordConsumer(transaction, { action, before, after: consumer }, caller)
    return { result, consumer, gatewayIds }
  })
  const { id, version } = changed.consumer
  configurationPublished(gatewayIds, caller.workspace.id, { kind: 'consumer', id, version })
  return changed
}
