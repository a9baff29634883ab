import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { acceptInvitation } from '@/lib/console/members/accept-invitation.ts'
import { getInvitation } from '@/lib/console/members/get-invitation.ts'
import { session } from '@/lib/domain/account.ts'
import { acceptInvitationInput, invitation } from '@/lib/domain/member.ts'
import { workspace } from '@/lib/domain/workspace.ts'

const preview = z.object({
  email: invitation.shape.email,
  role: invitation.shape.role,
  workspace: workspace.pick({ name: true, displayName: true }),
})

export const GET = defineHandler({
  summary: 'What an invitation link invites to',
  permission: 'public',
  query: z.object({ token: z.string().max(200).default('') }),
  success: [200, preview],
  run: ({ query }) => getInvitation(query.token),
})

export const POST = defineHandler({
  summary: 'Join a workspace by an invitation link and sign in',
  permission: 'public',
  body: acceptInvitationInput,
  success: [200, session],
  run: async ({ body, caller, headers }) => {
    const { session: signedIn, cookies } = await acceptInvitation(body, caller)
    for (const cookie of cookies) headers.append('set-cookie', cookie)
    return signedIn
  },
})
