import { consoleContext } from '@/lib/console/console-context.ts'
import { countUsers } from '@/lib/persistence/account-store.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'
import { hashPassword } from './hash-password.ts'
import { insertPerson } from './insert-person.ts'

/** The owner named in the environment, unless somebody set the installation up already. */
export async function ensureAdmin(email: string, password: string): Promise<void> {
  const { database } = consoleContext()
  if ((await countUsers(database)) > 0) return
  const passwordHash = await hashPassword(password)
  await inTransaction(database, async (transaction) => {
    if ((await countUsers(transaction)) > 0) return
    await insertPerson(transaction, {
      id: createId('usr'),
      name: 'Administrator',
      email: email.trim().toLowerCase(),
      passwordHash,
      installationRole: 'owner',
    })
  })
}
