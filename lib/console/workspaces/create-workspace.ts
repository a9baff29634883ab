import { type Caller, requireInstallationOwner } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { readInstallation } from '@/lib/console/settings/get-settings.ts'
import type { CreateWorkspaceInput, Workspace } from '@/lib/domain/workspace.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { insertOwnedWorkspace } from './insert-owned-workspace.ts'
import { workspaceView } from './workspace-view.ts'

/** Throws `conflict` when the name is taken. */
export async function createWorkspace(input: CreateWorkspaceInput, caller: Caller): Promise<Workspace> {
  requireInstallationOwner(caller)
  const row = await inTransaction(consoleContext().database, (transaction) =>
    insertOwnedWorkspace(transaction, input, caller),
  )
  const installation = await readInstallation(consoleContext().database)
  return workspaceView(row, { role: 'owner', installation, problems: 0, lastOpenedAt: null })
}
