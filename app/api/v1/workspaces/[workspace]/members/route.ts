import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { listMembers } from '@/lib/console/members/list-members.ts'
import { member } from '@/lib/domain/member.ts'

export const GET = defineHandler({
  summary: 'Members',
  permission: 'members.read',
  params: z.object({ workspace: z.string() }),
  success: [200, z.object({ items: z.array(member) })],
  run: ({ caller }) => listMembers(caller),
})
