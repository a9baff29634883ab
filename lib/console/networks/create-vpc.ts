import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { CreateVpcInput, Vpc } from '@/lib/domain/network.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getVpc as findRow, insertVpc } from '@/lib/persistence/vpc-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { getVpc } from './get-vpc.ts'

/** Throws `conflict` when the workspace has one of that name. */
export async function createVpc(input: CreateVpcInput, caller: WorkspaceCaller): Promise<Vpc> {
  requirePermission(caller, 'networks.write')
  const id = createId('vpc')
  await inTransaction(consoleContext().database, async (transaction) => {
    await requireFreeVpcName(transaction, input.name, caller)
    await insertVpc(transaction, { id, workspaceId: caller.workspace.id, ...input })
    await recordActivity(transaction, caller, {
      action: 'vpc.created',
      workspaceId: caller.workspace.id,
      object: { kind: 'vpc', id, name: input.name },
      changes: changedFields(null, input),
    })
  })
  configurationPublished([], caller.workspace.id, { kind: 'vpc', id, version: 1 })
  return await getVpc(id, caller)
}

export async function requireFreeVpcName(
  transaction: Transaction,
  name: string,
  caller: WorkspaceCaller,
): Promise<void> {
  const taken = await findRow(transaction, caller.workspace.id, name)
  if (taken !== null) throw takenName(`A VPC named ${name} exists already.`, name)
}
