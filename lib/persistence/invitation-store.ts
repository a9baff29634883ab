import type { Transaction } from './database.ts'
import type { Invitation as InvitationRow, Prisma, Workspace } from './generated/sqlite/client.ts'

export type { InvitationRow }

/** Those that can still be accepted, newest first. */
export function listOpenInvitations(
  transaction: Transaction,
  workspaceId: string,
  now: Date,
): Promise<InvitationRow[]> {
  return transaction.invitation.findMany({
    where: { workspaceId, acceptedAt: null, expiresAt: { gt: now } },
    orderBy: { id: 'desc' },
  })
}

/** Null when it is unknown, expired or used: the three look the same to whoever holds the link. */
export function findOpenInvitation(
  transaction: Transaction,
  tokenHash: string,
  now: Date,
): Promise<(InvitationRow & { workspace: Workspace }) | null> {
  return transaction.invitation.findFirst({
    where: { tokenHash, acceptedAt: null, expiresAt: { gt: now } },
    include: { workspace: true },
  })
}

/** Takes the place of an open invitation to the same address. */
export async function insertInvitation(
  transaction: Transaction,
  row: Prisma.InvitationUncheckedCreateInput,
): Promise<InvitationRow> {
  await transaction.invitation.deleteMany({
    where: { workspaceId: row.workspaceId, email: row.email, acceptedAt: null },
  })
  return transaction.invitation.create({ data: row })
}

/** False when another request accepted it first. */
export async function markInvitationAccepted(
  transaction: Transaction,
  id: string,
  acceptedAt: Date,
): Promise<boolean> {
  const { count } = await transaction.invitation.updateMany({
    where: { id, acceptedAt: null },
    data: { acceptedAt },
  })
  return count > 0
}

export function getInvitation(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<InvitationRow | null> {
  return transaction.invitation.findFirst({ where: { id, workspaceId } })
}

export async function removeInvitation(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  const { count } = await transaction.invitation.deleteMany({ where: { id, workspaceId } })
  return count > 0
}
