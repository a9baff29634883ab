import type { Transaction } from './database.ts'
import type { Member, User, Workspace } from './generated/sqlite/client.ts'

export type MemberRow = Member
export type MemberWithUser = Member & { readonly user: User }

export async function findMember(
  transaction: Transaction,
  workspaceId: string,
  userId: string,
): Promise<MemberRow | null> {
  return await transaction.member.findUnique({ where: { workspaceId_userId: { workspaceId, userId } } })
}

export async function findMemberById(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<MemberWithUser | null> {
  return await transaction.member.findFirst({ where: { id, workspaceId }, include: { user: true } })
}

export async function listMembers(
  transaction: Transaction,
  workspaceId: string,
): Promise<readonly MemberWithUser[]> {
  return await transaction.member.findMany({
    where: { workspaceId },
    include: { user: true },
    orderBy: { createdAt: 'asc' },
  })
}

export async function listMemberships(
  transaction: Transaction,
  userId: string,
): Promise<readonly (Member & { readonly workspace: Workspace })[]> {
  return await transaction.member.findMany({
    where: { userId },
    include: { workspace: true },
    orderBy: { workspace: { name: 'asc' } },
  })
}

export async function insertMember(
  transaction: Transaction,
  member: {
    readonly id: string
    readonly workspaceId: string
    readonly userId: string
    readonly role: string
  },
): Promise<MemberRow> {
  return await transaction.member.create({ data: member })
}

/** Null when the row is no longer at `version`. */
export async function updateMemberRole(
  transaction: Transaction,
  id: string,
  version: number,
  role: string,
): Promise<MemberWithUser | null> {
  const { count } = await transaction.member.updateMany({
    where: { id, version },
    data: { role, version: { increment: 1 } },
  })
  return count === 0 ? null : await transaction.member.findUnique({ where: { id }, include: { user: true } })
}

export async function deleteMember(transaction: Transaction, id: string): Promise<void> {
  await transaction.member.delete({ where: { id } })
}

export async function countOwners(transaction: Transaction, workspaceId: string): Promise<number> {
  return await transaction.member.count({ where: { workspaceId, role: 'owner' } })
}

export async function countMembers(transaction: Transaction, workspaceId: string): Promise<number> {
  return await transaction.member.count({ where: { workspaceId } })
}

export async function touchMember(
  transaction: Transaction,
  workspaceId: string,
  userId: string,
  now: Date,
): Promise<void> {
  await transaction.member.updateMany({ where: { workspaceId, userId }, data: { lastOpenedAt: now } })
}

/** When each user's newest session was last used. */
export async function lastActiveOf(
  transaction: Transaction,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = await transaction.session.groupBy({
    by: ['userId'],
    where: { userId: { in: [...userIds] } },
    _max: { updatedAt: true },
  })
  return new Map(rows.flatMap(({ userId, _max }) => (_max.updatedAt ? [[userId, _max.updatedAt]] : [])))
}
