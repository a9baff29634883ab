import * as z from 'zod'
import { listSessions } from '@/lib/console/accounts/list-sessions.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { accountSession } from '@/lib/domain/account.ts'

export const GET = defineHandler({
  summary: 'Browsers signed in to your account',
  permission: 'signed-in',
  success: [200, z.object({ items: z.array(accountSession) })],
  run: ({ caller }) => listSessions(caller),
})
