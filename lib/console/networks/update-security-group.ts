import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { SecurityGroup, UpdateSecurityGroupInput } from '@/lib/domain/network.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { gatewaysOfSecurityGroup } from '@/lib/persistence/network-user-store.ts'
import {
  type SecurityGroupRow,
  updateSecurityGroup as updateRow,
} from '@/lib/persistence/security-group-store.ts'
import { requireFreeGroupName } from './create-security-group.ts'
import { getSecurityGroup } from './get-security-group.ts'
import { recordOnGateways } from './record-on-gateways.ts'
import { requireSecurityGroup, securityGroupDocument } from './security-group-view.ts'

/** The gateways of services in the group follow new rules within seconds. */
export async function updateSecurityGroup(
  idOrName: string,
  input: UpdateSecurityGroupInput,
  caller: WorkspaceCaller,
): Promise<SecurityGroup> {
  requirePermission(caller, 'networks.write')
  const { row, gateways } = await withCurrent(
    () =>
      inTransaction(consoleContext().database, (transaction) => update(transaction, idOrName, input, caller)),
    () => getSecurityGroup(idOrName, caller),
  )
  const event = { kind: 'security-group', id: row.id, version: row.version }
  configurationPublished(gateways, caller.workspace.id, event)
  return await getSecurityGroup(row.id, caller)
}

async function update(
  transaction: Transaction,
  idOrName: string,
  { version, ...input }: UpdateSecurityGroupInput,
  caller: WorkspaceCaller,
): Promise<{ row: SecurityGroupRow; gateways: readonly string[] }> {
  const row = await requireSecurityGroup(transaction, idOrName, caller)
  const { id, workspaceId, name } = row
  if (input.name !== undefined && input.name !== name)
    await requireFreeGroupName(transaction, input.name, caller)
  await updateRow(transaction, { workspaceId, id, version }, withoutUndefined(input))
  const after = await requireSecurityGroup(transaction, id, caller)
  const documents = { before: securityGroupDocument(row), after: securityGroupDocument(after) }
  const changes = changedFields(documents.before, documents.after)
  await recordActivity(transaction, caller, {
    action: 'security-group.updated',
    workspaceId,
    object: { kind: 'security-group', id, name: after.name },
    changes,
  })
  if (!changes.some(({ path }) => path === 'rules')) return { row: after, gateways: [] }
  const change = { kind: 'security-group', id, name: after.name, operation: 'updated', ...documents } as const
  const affected = await gatewaysOfSecurityGroup(transaction, id)
  return { row: after, gateways: await recordOnGateways(transaction, affected, change, caller) }
}
