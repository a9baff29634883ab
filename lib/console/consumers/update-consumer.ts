import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { Consumer, UpdateConsumerInput } from '@/lib/domain/consumer.ts'
import { isConsumerNameTaken, updateConsumer as updateRow } from '@/lib/persistence/consumer-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { requireVersion } from '@/lib/persistence/version-check.ts'
import { checkGrants } from './check-grants.ts'
import { getConsumer } from './get-consumer.ts'
import { recordConsumer } from './record-consumer.ts'
import { requireConsumer } from './require-consumer.ts'

/** Fields left out stay. Throws `version_conflict` with the consumer as it is now. */
export async function updateConsumer(
  idOrName: string,
  input: UpdateConsumerInput,
  caller: WorkspaceCaller,
): Promise<Consumer> {
  requirePermission(caller, 'consumers.write')
  const { row, gatewayIds } = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getConsumer(idOrName, caller),
  )
  const event = { kind: 'consumer', id: row.id, version: row.version }
  configurationPublished(gatewayIds, row.workspaceId, event)
  return await getConsumer(row.id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, ...input }: UpdateConsumerInput,
  caller: WorkspaceCaller,
) {
  const before = await requireConsumer(transaction, idOrName, caller)
  requireVersion(before, version)
  const { id, workspaceId } = before
  const { name, modelApiIds = [] } = input
  const isNew = name !== undefined && name !== before.name
  if (isNew && (await isConsumerNameTaken(transaction, workspaceId, name))) {
    throw takenName(`This workspace has a consumer named ${name} already.`, name)
  }
  await checkGrants(transaction, workspaceId, modelApiIds)
  const now = new Date(consoleContext().clock.now())
  await updateRow(transaction, { id, workspaceId, version }, withoutUndefined(input), now)
  const after = await requireConsumer(transaction, id, caller)
  const change = { action: 'consumer.updated', before, after } as const
  return { row: after, gatewayIds: await recordConsumer(transaction, change, caller) }
}
