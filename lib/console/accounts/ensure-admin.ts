import { consoleContext } from '@/lib/console/console-context.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { findUserByEmail, hasInstallationOwner } from '@/lib/persistence/user-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { hashPassword } from './hash-password.ts'
import { insertPerson } from './insert-person.ts'

/** The owner named in the environment, unless there is an owner or an account of that email already. */
export async function ensureAdmin(email: string, password: string): Promise<void> {
  const { database } = consoleContext()
  const address = email.trim().toLowerCase()
  if (await hasInstallationOwner(database)) return
  const passwordHash = await hashPassword(password)
  await inTransaction(database, async (transaction) => {
    if ((await hasInstallationOwner(transaction)) || (await findUserByEmail(transaction, address))) return
    await insertPerson(transaction, {
      id: createId('usr'),
      name: 'Administrator',
      email: address,
      passwordHash,
      installationRole: 'owner',
    })
  })
}
