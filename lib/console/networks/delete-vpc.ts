import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { usersOfVpcs } from '@/lib/persistence/network-user-store.ts'
import { removeVpc } from '@/lib/persistence/vpc-store.ts'
import { forgetVpc } from './forget-vpc.ts'
import { requireVpc, vpcDocument } from './vpc-view.ts'

/** Throws `in_use` with its gateways, services, domain names and vSwitches. */
export async function deleteVpc(idOrName: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'networks.write')
  const { id, gateways } = await inTransaction(consoleContext().database, async (transaction) => {
    const row = await requireVpc(transaction, idOrName, caller)
    const { workspaceId, name } = row
    const users = await usersOfVpcs(transaction, [row.id], workspaceId)
    requireUnused(users.get(row.id) ?? [])
    const asking = await forgetVpc(transaction, row.id, caller)
    await removeVpc(transaction, { workspaceId, id: row.id })
    await recordActivity(transaction, caller, {
      action: 'vpc.deleted',
      workspaceId,
      object: { kind: 'vpc', id: row.id, name },
      changes: changedFields(vpcDocument(row), null),
    })
    return { id: row.id, gateways: asking }
  })
  configurationPublished(gateways, caller.workspace.id, { kind: 'vpc', id, version: null })
}
