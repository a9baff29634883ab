import type { Transaction } from './database.ts'
import type { Prisma, Session as SessionRow, User as UserRow } from './generated/sqlite/client.ts'
import { insertOrConflict } from './unique-violation.ts'

export type { SessionRow, UserRow }

/** What better-auth calls a password's account. */
const passwordProvider = 'credential'

export function countUsers(transaction: Transaction): Promise<number> {
  return transaction.user.count()
}

export function getUser(transaction: Transaction, id: string): Promise<UserRow | null> {
  return transaction.user.findUnique({ where: { id } })
}

export function findUserByEmail(transaction: Transaction, email: string): Promise<UserRow | null> {
  return transaction.user.findUnique({ where: { email } })
}

/** A person who signs in by password. */
export async function insertUser(
  transaction: Transaction,
  user: Prisma.UserUncheckedCreateInput,
  account: { readonly id: string; readonly passwordHash: string },
): Promise<UserRow> {
  const row = await insertOrConflict(`Somebody with the address ${user.email} exists already.`, () =>
    transaction.user.create({ data: user }),
  )
  await transaction.account.create({
    data: {
      id: account.id,
      accountId: row.id,
      providerId: passwordProvider,
      userId: row.id,
      password: account.passwordHash,
    },
  })
  return row
}

export function updateUser(
  transaction: Transaction,
  id: string,
  data: Prisma.UserUncheckedUpdateInput,
): Promise<UserRow> {
  return transaction.user.update({ where: { id }, data })
}

export async function getPasswordHash(transaction: Transaction, userId: string): Promise<string | null> {
  const account = await transaction.account.findFirst({ where: { userId, providerId: passwordProvider } })
  return account?.password ?? null
}

export async function setPasswordHash(
  transaction: Transaction,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await transaction.account.updateMany({
    where: { userId, providerId: passwordProvider },
    data: { password: passwordHash },
  })
}

/** Those that are not over, newest first. */
export function listSessions(transaction: Transaction, userId: string, now: Date): Promise<SessionRow[]> {
  return transaction.session.findMany({
    where: { userId, expiresAt: { gt: now } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

export async function removeSession(transaction: Transaction, userId: string, id: string): Promise<boolean> {
  const { count } = await transaction.session.deleteMany({ where: { id, userId } })
  return count > 0
}

export async function removeOtherSessions(
  transaction: Transaction,
  userId: string,
  keptId: string | null,
): Promise<void> {
  await transaction.session.deleteMany({
    where: { userId, ...(keptId === null ? {} : { NOT: { id: keptId } }) },
  })
}

export async function purgeSessions(transaction: Transaction, now: Date): Promise<void> {
  await transaction.session.deleteMany({ where: { expiresAt: { lt: now } } })
  await transaction.verification.deleteMany({ where: { expiresAt: { lt: now } } })
}
