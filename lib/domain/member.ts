import * as z from 'zod'
import { objectFields, versionInput } from './object.ts'
import { role } from './role.ts'

export const member = objectFields.extend({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  lastActiveAt: z.iso.datetime().nullable(),
})
export type Member = z.infer<typeof member>

export const updateMemberInput = z.object({ role, ...versionInput.shape })
export type UpdateMemberInput = z.infer<typeof updateMemberInput>

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('Write an address such as name@example.com.').max(254))

export const inviteInput = z.object({
  emails: z.array(email).min(1, 'Write at least one address.').max(20, 'At most 20 addresses at once.'),
  role: role.default('viewer'),
})
export type InviteInput = z.infer<typeof inviteInput>

/** Accepted by link: mail is not sent by the console, so the inviter passes the link on. */
export const invitation = z.object({
  id: z.string(),
  email: z.string(),
  role,
  invitedBy: z.string(),
  expiresAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** Shown once, in the answer that creates it; null afterwards. */
  url: z.string().nullable(),
})
export type Invitation = z.infer<typeof invitation>

export const acceptInvitationInput = z.object({
  token: z.string().min(20).max(200),
  name: z.string().trim().min(1, 'Write your name.').max(64),
  password: z.string().min(12, 'At least 12 characters.').max(128),
})
export type AcceptInvitationInput = z.infer<typeof acceptInvitationInput>
