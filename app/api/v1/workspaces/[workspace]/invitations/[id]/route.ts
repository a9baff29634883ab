import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { revokeInvitation } from '@/lib/console/members/revoke-invitation.ts'

export const DELETE = defineHandler({
  summary: 'Withdraw an invitation',
  permission: 'members.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  success: [204, null],
  run: async ({ params: { id }, caller }) => {
    await revokeInvitation(id, caller)
  },
})
