import type { Transaction } from '@/lib/persistence/database.ts'
import { insertOrConflict } from '@/lib/persistence/unique-violation.ts'
import { insertUser, type NewUser } from '@/lib/persistence/user-store.ts'
import { createId } from '@/lib/platform/id.ts'

/** Throws `conflict` when the email has an account. */
export async function insertPerson(
  transaction: Transaction,
  person: Omit<NewUser, 'accountId'>,
): Promise<void> {
  await insertOrConflict('An account with this email exists. Sign in instead.', () =>
    insertUser(transaction, { ...person, accountId: createId('key') }),
  )
}
