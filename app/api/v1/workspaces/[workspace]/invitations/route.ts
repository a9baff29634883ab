import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { inviteMembers } from '@/lib/console/members/invite-members.ts'
import { listInvitations } from '@/lib/console/members/list-invitations.ts'
import { invitation, inviteInput } from '@/lib/domain/member.ts'

const params = z.object({ workspace: z.string() })

const invitations = z.object({ items: z.array(invitation) })

export const GET = defineHandler({
  summary: 'Open invitations',
  permission: 'members.read',
  params,
  success: [200, invitations],
  run: ({ caller }) => listInvitations(caller),
})

export const POST = defineHandler({
  summary: 'Invite people by link',
  permission: 'members.write',
  params,
  body: inviteInput,
  success: [201, invitations],
  creates: true,
  run: ({ body, caller }) => inviteMembers(body, caller),
})
