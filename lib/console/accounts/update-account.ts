import { type Caller, requireUser } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { Session, UpdateAccountInput } from '@/lib/domain/account.ts'
import { updateUser } from '@/lib/persistence/account-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { sessionView } from './session-view.ts'

/** A person's own name and preferences: no one else's business, so not in the activity. */
export async function updateAccount(input: UpdateAccountInput, caller: Caller): Promise<Session> {
  const { id } = requireUser(caller)
  const { database } = consoleContext()
  return await inTransaction(database, async (transaction) => {
    await updateUser(transaction, id, withoutUndefined({ name: input.name, ...input.preferences }))
    return await sessionView(transaction, id)
  })
}
