import type { Role } from '@/lib/domain/role.ts'
import type { Transaction } from './database.ts'
import type { Member, Prisma, User } from './generated/sqlite/client.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type MemberRow = Member & { readonly user: User }

const withUser = { user: true } as const

/** Ordered by the person's name. A workspace has few members, so there are no pages. */
export function listMembers(transaction: Transaction, workspaceId: string): Promise<MemberRow[]> {
  return transaction.member.findMany({
    where: { workspaceId },
    include: withUser,
    orderBy: [{ user: { name: 'asc' } }, { id: 'asc' }],
  })
}

export function getMember(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<MemberRow | null> {
  return transaction.member.findFirst({ where: { id, workspaceId }, include: withUser })
}

export function findMembership(
  transaction: Transaction,
  workspaceId: string,
  userId: string,
): Promise<Member | null> {
  return transaction.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } })
}

/** With their workspaces, by the workspace's name. */
export function listMemberships(transaction: Transaction, userId: string) {
  return transaction.member.findMany({
    where: { userId },
    include: { workspace: true },
    orderBy: [{ workspace: { name: 'asc' } }],
  })
}

export function insertMember(
  transaction: Transaction,
  row: Prisma.MemberUncheckedCreateInput & { role: Role },
): Promise<MemberRow> {
  return insertOrConflict('This person is a member already.', () =>
    transaction.member.create({ data: row, include: withUser }),
  )
}

export async function updateMemberRole(
  transaction: Transaction,
  {
    workspaceId,
    id,
    version,
  }: { readonly workspaceId: string; readonly id: string; readonly version: number },
  role: Role,
): Promise<MemberRow> {
  const { count } = await transaction.member.updateMany({
    where: { id, workspaceId, version },
    data: { role, version: { increment: 1 } },
  })
  await requireChanged(count, () => getMember(transaction, workspaceId, id))
  return transaction.member.findUniqueOrThrow({ where: { id }, include: withUser })
}

export async function removeMember(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  const { count } = await transaction.member.deleteMany({ where: { id, workspaceId } })
  return count > 0
}

export function countMembersWithRole(
  transaction: Transaction,
  workspaceId: string,
  role: Role,
): Promise<number> {
  return transaction.member.count({ where: { workspaceId, role } })
}

/** Remembers the last visit. */
export async function touchMembership(
  transaction: Transaction,
  workspaceId: string,
  userId: string,
  lastOpenedAt: Date,
): Promise<void> {
  await transaction.member.updateMany({ where: { workspaceId, userId }, data: { lastOpenedAt } })
}
