import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { found } from '@/lib/console/not-found.ts'
import type { SourceConfig } from '@/lib/control-plane/source-config.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { getSource, type SourceRow } from '@/lib/persistence/source-store.ts'

/** By id or name, within the caller's workspace. Throws `not_found`. */
export async function requireSource(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<SourceRow> {
  return found(await getSource(transaction, caller.workspace.id, idOrName))
}

/** The service account of the nodes themselves is the installation's, not a workspace's. */
export function requireOwnAccess(caller: WorkspaceCaller, config: SourceConfig, prefix = 'kubernetes'): void {
  if (config.type === 'nacos' || config.connection.kind !== 'in-cluster' || caller.ownsInstallation) return
  const message =
    'Only an owner of the installation may use its own service account. Use a kubeconfig instead.'
  throw fieldError(`${prefix}.connection.kind`, 'installation_only', message)
}
