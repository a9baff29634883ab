import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { listProblems } from '@/lib/console/overview/list-problems.ts'
import { readInstallation } from '@/lib/console/settings/get-settings.ts'
import type { Workspace } from '@/lib/domain/workspace.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { findMembership } from '@/lib/persistence/member-store.ts'
import { getWorkspace as getRow, type WorkspaceRow } from '@/lib/persistence/workspace-store.ts'
import { workspaceView } from './workspace-view.ts'

export async function getWorkspace(caller: WorkspaceCaller): Promise<Workspace> {
  requirePermission(caller, 'workspace.read')
  const { database } = consoleContext()
  return await viewOf(database, found(await getRow(database, caller.workspace.id)), caller)
}

export async function viewOf(
  transaction: Transaction,
  row: WorkspaceRow,
  caller: WorkspaceCaller,
): Promise<Workspace> {
  const member =
    caller.kind === 'user' && caller.id !== null ? await findMembership(transaction, row.id, caller.id) : null
  return workspaceView(row, {
    role: caller.role,
    installation: await readInstallation(transaction),
    problems: (await listProblems(transaction, row.id)).length,
    lastOpenedAt: member?.lastOpenedAt ?? null,
  })
}
