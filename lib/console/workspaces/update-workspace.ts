import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { requireGateway } from '@/lib/console/gateways/require-gateway.ts'
import { found } from '@/lib/console/not-found.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { UpdateWorkspaceInput, Workspace } from '@/lib/domain/workspace.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { getVpc } from '@/lib/persistence/vpc-store.ts'
import {
  getWorkspace as getRow,
  updateWorkspace as updateRow,
  type WorkspaceRow,
} from '@/lib/persistence/workspace-store.ts'
import { getWorkspace, viewOf } from './get-workspace.ts'

/** Throws `version_conflict` with the workspace as it is now. */
export async function updateWorkspace(
  input: UpdateWorkspaceInput,
  caller: WorkspaceCaller,
): Promise<Workspace> {
  requirePermission(caller, 'workspace.write')
  const { database } = consoleContext()
  const row = await withCurrent(
    () => inTransaction(database, (transaction) => update(transaction, input, caller)),
    () => getWorkspace(caller),
  )
  return await viewOf(database, row, caller)
}

async function update(
  transaction: Transaction,
  { version, ...input }: UpdateWorkspaceInput,
  caller: WorkspaceCaller,
): Promise<WorkspaceRow> {
  const { id } = caller.workspace
  const before = found(await getRow(transaction, id))
  const change = withoutUndefined(input)
  if (typeof change.defaultGatewayId === 'string') {
    change.defaultGatewayId = (await requireGateway(transaction, change.defaultGatewayId, caller)).id
  }
  if (typeof change.defaultVpcId === 'string') {
    change.defaultVpcId = found(await getVpc(transaction, id, change.defaultVpcId)).id
  }
  const after = await updateRow(transaction, { id, version }, change)
  await recordActivity(transaction, caller, {
    action: 'workspace.updated',
    workspaceId: id,
    object: { kind: 'workspace', id, name: after.name },
    changes: changedFields({ ...before }, { ...after }).filter(({ path }) => Object.hasOwn(change, path)),
  })
  return after
}
