import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import type { CreateSecurityGroupInput, SecurityGroup } from '@/lib/domain/network.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getSecurityGroup as findRow, insertSecurityGroup } from '@/lib/persistence/security-group-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { getSecurityGroup } from './get-security-group.ts'

/** Throws `conflict` when the workspace has one of that name. */
export async function createSecurityGroup(
  input: CreateSecurityGroupInput,
  caller: WorkspaceCaller,
): Promise<SecurityGroup> {
  requirePermission(caller, 'networks.write')
  const id = createId('sg')
  await inTransaction(consoleContext().database, async (transaction) => {
    await requireFreeGroupName(transaction, input.name, caller)
    await insertSecurityGroup(transaction, { id, workspaceId: caller.workspace.id, ...input })
    await recordActivity(transaction, caller, {
      action: 'security-group.created',
      workspaceId: caller.workspace.id,
      object: { kind: 'security-group', id, name: input.name },
      changes: changedFields(null, input),
    })
  })
  configurationPublished([], caller.workspace.id, { kind: 'security-group', id, version: 1 })
  return await getSecurityGroup(id, caller)
}

export async function requireFreeGroupName(
  transaction: Transaction,
  name: string,
  caller: WorkspaceCaller,
): Promise<void> {
  const taken = await findRow(transaction, caller.workspace.id, name)
  if (taken !== null) throw takenName(`A security group named ${name} exists already.`, name)
}
