import { consoleContext } from '@/lib/console/console-context.ts'
import { type Role, role } from '@/lib/domain/role.ts'
import { requireOpenInvitation } from './accept-invitation.ts'

export interface InvitationPreview {
  readonly email: string
  readonly role: Role
  readonly workspace: { readonly name: string; readonly displayName: string }
}

/** What the holder of a link is invited to. */
export async function getInvitation(token: string): Promise<InvitationPreview> {
  const invitation = await requireOpenInvitation(consoleContext().database, token)
  const { name, displayName } = invitation.workspace
  return { email: invitation.email, role: role.parse(invitation.role), workspace: { name, displayName } }
}
