import type { Transaction } from './database.ts'
import type { User } from './generated/sqlite/client.ts'

export type UserRow = User

export interface NewUser {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly installationRole: 'owner' | null
}

/** The user and the password account that signing in reads. */
export async function insertUser(transaction: Transaction, user: NewUser): Promise<void> {
  const { id, accountId, name, email, passwordHash, installationRole } = user
  await transaction.user.create({ data: { id, name, email, emailVerified: true, installationRole } })
  await transaction.account.create({
    data: { id: accountId, accountId: id, providerId: 'credential', userId: id, password: passwordHash },
  })
}

export async function findUser(transaction: Transaction, id: string): Promise<UserRow | null> {
  return await transaction.user.findUnique({ where: { id } })
}

export async function findUserByEmail(transaction: Transaction, email: string): Promise<UserRow | null> {
  return await transaction.user.findUnique({ where: { email } })
}

export async function hasInstallationOwner(transaction: Transaction): Promise<boolean> {
  return (await transaction.user.count({ where: { installationRole: 'owner' } })) > 0
}

export interface UserChange {
  readonly name?: string
  readonly locale?: string | null
  readonly theme?: string
  readonly density?: string
  readonly timeZone?: string | null
  readonly singleKeyShortcuts?: boolean
}

export async function updateUser(transaction: Transaction, id: string, change: UserChange): Promise<UserRow> {
  return await transaction.user.update({ where: { id }, data: change })
}

export async function findPasswordHash(transaction: Transaction, userId: string): Promise<string | null> {
  const account = await transaction.account.findFirst({ where: { userId, providerId: 'credential' } })
  return account?.password ?? null
}

export async function updatePasswordHash(
  transaction: Transaction,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await transaction.account.updateMany({
    where: { userId, providerId: 'credential' },
    data: { password: passwordHash },
  })
}
