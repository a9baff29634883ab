import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { type ConsumerRow, type CredentialRow, getConsumer } from '@/lib/persistence/consumer-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'

/** By id or name, within the caller's workspace. Throws `not_found`. */
export async function requireConsumer(
  transaction: Transaction,
  idOrName: string,
  caller: WorkspaceCaller,
): Promise<ConsumerRow> {
  const now = new Date(consoleContext().clock.now())
  return found(await getConsumer(transaction, caller.workspace.id, idOrName, now))
}

/** Of this consumer. Throws `not_found`. */
export function requireCredential({ credentials }: ConsumerRow, id: string): CredentialRow {
  return found(credentials.find((credential) => credential.id === id))
}
