import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { removeCredential as removeRow } from '@/lib/persistence/consumer-store.ts'
import { changeCredentials } from './change-credentials.ts'
import { requireCredential } from './require-consumer.ts'

/** Its key is unknown from the next snapshot on. */
export async function removeCredential(
  idOrName: string,
  credentialId: string,
  caller: WorkspaceCaller,
): Promise<void> {
  await changeCredentials(idOrName, caller, 'consumer.credential-removed', (transaction, before) =>
    removeRow(transaction, before.workspaceId, requireCredential(before, credentialId).id),
  )
}
