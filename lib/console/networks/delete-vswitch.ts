import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { usersOfVSwitches } from '@/lib/persistence/network-user-store.ts'
import { removeVSwitch } from '@/lib/persistence/vswitch-store.ts'
import { requireVSwitch, vswitchDocument } from './vswitch-view.ts'

/** Throws `in_use` with its gateways and services. */
export async function deleteVSwitch(id: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'networks.write')
  await inTransaction(consoleContext().database, async (transaction) => {
    const row = await requireVSwitch(transaction, id, caller)
    const workspaceId = caller.workspace.id
    requireUnused((await usersOfVSwitches(transaction, [row], workspaceId)).get(id) ?? [])
    await removeVSwitch(transaction, { workspaceId, id })
    await recordActivity(transaction, caller, {
      action: 'vswitch.deleted',
      workspaceId,
      object: { kind: 'vswitch', id, name: row.name },
      changes: changedFields(vswitchDocument(row), null),
    })
  })
  configurationPublished([], caller.workspace.id, { kind: 'vswitch', id, version: null })
}
