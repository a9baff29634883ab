import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { endServiceToken } from '@/lib/console/inference-services/end-service-token.ts'

export const DELETE = defineHandler({
  summary: 'End an expiring token now',
  permission: 'inference-services.write',
  params: z.object({ workspace: z.string(), id: z.string(), token: z.string() }),
  success: [204, null],
  run: async ({ params: { id, token }, caller }) => {
    await endServiceToken(id, token, caller)
  },
})
