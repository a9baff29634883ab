import { type Caller, requireUser } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { notFound } from '@/lib/console/not-found.ts'
import { removeSession } from '@/lib/persistence/account-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'

/** Signs another browser of the same person out. */
export async function endSession(id: string, caller: Caller): Promise<void> {
  const user = requireUser(caller)
  const { database } = consoleContext()
  const ended = await inTransaction(database, (transaction) => removeSession(transaction, user.id, id))
  if (!ended) throw notFound()
}
