import { insertUser } from '@/lib/persistence/account-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { createId } from '@/lib/platform/id.ts'

export interface NewPerson {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly installationRole: 'owner' | null
}

/** Throws `conflict` when the email has an account. The address counts as proven: a link or the operator gave it. */
export async function insertPerson(
  transaction: Transaction,
  { passwordHash, ...user }: NewPerson,
): Promise<void> {
  await insertUser(transaction, { ...user, emailVerified: true }, { id: createId('key'), passwordHash })
}
