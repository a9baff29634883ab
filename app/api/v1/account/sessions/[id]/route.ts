import * as z from 'zod'
import { endSession } from '@/lib/console/accounts/end-session.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'

export const DELETE = defineHandler({
  summary: 'Sign a browser out',
  permission: 'signed-in',
  params: z.object({ id: z.string() }),
  success: [204, null],
  run: async ({ params, caller }) => {
    await endSession(params.id, caller)
  },
})
