import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError, takenName } from '@/lib/console/field-error.ts'
import { found } from '@/lib/console/not-found.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { type Consumer, type CreateConsumerInput, consumersMax } from '@/lib/domain/consumer.ts'
import { countConsumers, insertConsumer, isConsumerNameTaken } from '@/lib/persistence/consumer-store.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'
import { checkGrants } from './check-grants.ts'
import { type MadeCredential, makeCredential } from './make-credential.ts'
import { recordConsumer } from './record-consumer.ts'
import { requireConsumer } from './require-consumer.ts'
import { madeKeys, viewConsumers } from './view-consumers.ts'

/** Keys stand in this answer and nowhere else. Throws `conflict` when the name or a given key is taken. */
export async function createConsumer(input: CreateConsumerInput, caller: WorkspaceCaller): Promise<Consumer> {
  requirePermission(caller, 'consumers.write')
  const { view, gatewayIds } = await inTransaction(consoleContext().database, (transaction) =>
    insert(transaction, input, caller),
  )
  const { id, version } = view
  configurationPublished(gatewayIds, caller.workspace.id, { kind: 'consumer', id, version })
  return view
}

async function insert(
  transaction: Transaction,
  { name, modelApiIds, credentials }: CreateConsumerInput,
  caller: WorkspaceCaller,
) {
  const workspaceId = caller.workspace.id
  if (await isConsumerNameTaken(transaction, workspaceId, name)) {
    throw takenName(`This workspace has a consumer named ${name} already.`, name)
  }
  if ((await countConsumers(transaction, workspaceId)) >= consumersMax) {
    throw fieldError('name', 'too_many', `A workspace has at most ${consumersMax} consumers.`)
  }
  await checkGrants(transaction, workspaceId, modelApiIds)
  const id = createId('csm')
  await insertConsumer(transaction, { id, workspaceId, name, modelApiIds })
  const made: MadeCredential[] = []
  for (const [index, input] of credentials.entries()) {
    const prefix = `credentials.${index}.`
    made.push(await makeCredential(transaction, { id, workspaceId }, input, prefix, index))
  }
  const after = await requireConsumer(transaction, id, caller)
  const change = { action: 'consumer.created', before: null, after } as const
  const gatewayIds = await recordConsumer(transaction, change, caller)
  return { view: found((await viewConsumers(transaction, [after], madeKeys(made)))[0]), gatewayIds }
}
