import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { takenName } from '@/lib/console/field-error.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { UpdateVSwitchInput, VSwitch } from '@/lib/domain/network.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { findVpc } from '@/lib/persistence/vpc-store.ts'
import { updateVSwitch as updateRow, type VSwitchRow } from '@/lib/persistence/vswitch-store.ts'
import { getVSwitch } from './get-vswitch.ts'
import { requireVSwitch, vswitchDocument } from './vswitch-view.ts'

export async function updateVSwitch(
  id: string,
  input: UpdateVSwitchInput,
  caller: WorkspaceCaller,
): Promise<VSwitch> {
  requirePermission(caller, 'networks.write')
  const row = await withCurrent(
    () => inTransaction(consoleContext().database, (transaction) => update(transaction, id, input, caller)),
    () => getVSwitch(id, caller),
  )
  configurationPublished([], caller.workspace.id, { kind: 'vswitch', id, version: row.version })
  return await getVSwitch(id, caller)
}

async function update(
  transaction: Transaction,
  id: string,
  { version, ...input }: UpdateVSwitchInput,
  caller: WorkspaceCaller,
): Promise<VSwitchRow> {
  const before = await requireVSwitch(transaction, id, caller)
  const siblings = (await findVpc(transaction, before.vpcId))?.vswitches ?? []
  if (siblings.some((other) => other.id !== id && other.name === input.name)) {
    throw takenName(`A vSwitch named ${input.name} exists already in this VPC.`, String(input.name))
  }
  const workspaceId = caller.workspace.id
  await updateRow(transaction, { workspaceId, id, version }, withoutUndefined(input))
  const after = await requireVSwitch(transaction, id, caller)
  await recordActivity(transaction, caller, {
    action: 'vswitch.updated',
    workspaceId,
    object: { kind: 'vswitch', id, name: after.name },
    changes: changedFields(vswitchDocument(before), vswitchDocument(after)),
  })
  return after
}
