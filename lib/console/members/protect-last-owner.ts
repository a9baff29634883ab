import { AppError } from '@/lib/domain/error.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { countMembersWithRole, type MemberRow } from '@/lib/persistence/member-store.ts'

/** In the transaction of the change, so that two owners cannot demote each other at once. */
export async function protectLastOwner(transaction: Transaction, member: MemberRow): Promise<void> {
  if (member.role !== 'owner' || (await countMembersWithRole(transaction, member.workspaceId, 'owner')) > 1)
    return
  throw new AppError('conflict', 'This is the only owner. Make someone else an owner first.')
}
