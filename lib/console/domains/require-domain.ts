import { requireInstallationOwner, requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { type DomainRow, getDomain } from '@/lib/persistence/domain-store.ts'

/** By id or name: of the workspace, or of the shared gateway, which everybody sees. Throws `not_found`. */
export async function requireDomain(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<DomainRow> {
  return found(await getDomain(transaction, caller.workspace.id, idOrName))
}

/** Names of the shared gateway belong to the installation, so its owners alone may change them. */
export function requireDomainWrite(
  caller: WorkspaceCaller,
  { workspaceId }: { readonly workspaceId: string | null },
): void {
  requirePermission(caller, 'domains.write')
  if (workspaceId === null) requireInstallationOwner(caller)
}
