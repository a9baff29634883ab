import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { requireGateway } from '@/lib/console/gateways/require-gateway.ts'
import { found } from '@/lib/console/not-found.ts'
import { versionConflict } from '@/lib/console/version-conflict.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { UpdateWorkspaceInput, Workspace } from '@/lib/domain/workspace.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { findWorkspace, updateWorkspace as updateRow } from '@/lib/persistence/workspace-store.ts'
import { viewOf } from './get-workspace.ts'

/** Throws `version_conflict` with the workspace as it is now. */
export async function updateWorkspace(
  { version, ...input }: UpdateWorkspaceInput,
  caller: WorkspaceCaller,
): Promise<Workspace> {
  requirePermission(caller, 'workspace.write')
  const { database } = consoleContext()
  const { id } = caller.workspace
  return await inTransaction(database, async (transaction) => {
    const before = found(await findWorkspace(transaction, id))
    const change = withoutUndefined(input)
    if (typeof change.defaultGatewayId === 'string') {
      change.defaultGatewayId = (await requireGateway(transaction, change.defaultGatewayId, caller)).id
    }
    const after = await updateRow(transaction, id, version, change)
    if (after === null) throw versionConflict(await viewOf(transaction, before, caller))
    const changes = changedFields(before, after).filter(({ path }) => Object.hasOwn(change, path))
    await recordActivity(transaction, caller, {
      action: 'workspace.updated',
      workspaceId: id,
      object: { kind: 'workspace', id, name: after.name },
      changes,
    })
    return await viewOf(transaction, after, caller)
  })
}
