import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import {
  type Caller,
  requireInstallationOwner,
  requirePermission,
  type WorkspaceCaller,
} from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { getApiToken, removeApiToken } from '@/lib/persistence/api-token-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'

export async function revokeWorkspaceToken(id: string, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'api-tokens.write')
  await revoke(id, caller, caller.workspace.id)
}

export async function revokeInstallationToken(id: string, caller: Caller): Promise<void> {
  requireInstallationOwner(caller)
  await revoke(id, caller, null)
}

async function revoke(id: string, caller: Caller, workspaceId: string | null): Promise<void> {
  await inTransaction(consoleContext().database, async (transaction) => {
    const row = found(await getApiToken(transaction, workspaceId, id))
    await removeApiToken(transaction, workspaceId, id)
    await recordActivity(transaction, caller, {
      action: 'api-token.revoked',
      workspaceId,
      object: { kind: 'api-token', id, name: row.name },
    })
  })
}
