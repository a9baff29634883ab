import type { Transaction } from './database.ts'
import type { Invitation, Workspace } from './generated/sqlite/client.ts'

export type InvitationRow = Invitation

export interface NewInvitation {
  readonly id: string
  readonly workspaceId: string
  readonly email: string
  readonly role: string
  readonly tokenHash: string
  readonly invitedById: string | null
  readonly invitedByName: string
  readonly expiresAt: Date
}

/** A new link for an address replaces the open one, which stops working. */
export async function insertInvitation(
  transaction: Transaction,
  invitation: NewInvitation,
): Promise<InvitationRow> {
  const { workspaceId, email } = invitation
  await transaction.invitation.deleteMany({ where: { workspaceId, email, acceptedAt: null } })
  return await transaction.invitation.create({ data: invitation })
}

export async function listOpenInvitations(
  transaction: Transaction,
  workspaceId: string,
  now: Date,
): Promise<readonly InvitationRow[]> {
  return await transaction.invitation.findMany({
    where: { workspaceId, acceptedAt: null, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
  })
}

export async function findOpenInvitation(
  transaction: Transaction,
  tokenHash: string,
  now: Date,
): Promise<(InvitationRow & { readonly workspace: Workspace }) | null> {
  return await transaction.invitation.findFirst({
    where: { tokenHash, acceptedAt: null, expiresAt: { gt: now } },
    include: { workspace: true },
  })
}

/** False when someone else accepted it meanwhile. */
export async function markAccepted(transaction: Transaction, id: string, now: Date): Promise<boolean> {
  const { count } = await transaction.invitation.updateMany({
    where: { id, acceptedAt: null },
    data: { acceptedAt: now },
  })
  return count > 0
}

export async function deleteInvitation(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<InvitationRow | null> {
  const row = await transaction.invitation.findFirst({ where: { id, workspaceId, acceptedAt: null } })
  if (row !== null) await transaction.invitation.delete({ where: { id } })
  return row
}
