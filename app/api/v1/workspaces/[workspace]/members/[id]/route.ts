import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { removeMember } from '@/lib/console/members/remove-member.ts'
import { updateMember } from '@/lib/console/members/update-member.ts'
import { member, updateMemberInput } from '@/lib/domain/member.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const PATCH = defineHandler({
  summary: 'Change the role of a member',
  permission: 'members.write',
  params,
  body: updateMemberInput,
  success: [200, member],
  run: ({ params: { id }, body, caller }) => updateMember(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Remove a member, or leave',
  permission: 'workspace.read',
  params,
  success: [204, null],
  run: async ({ params: { id }, caller }) => {
    await removeMember(id, caller)
  },
})
