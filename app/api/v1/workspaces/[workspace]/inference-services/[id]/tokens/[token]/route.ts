import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { endServiceToken } from '@/lib/console/inference-services/end-service-token.ts'
import { updateServiceToken } from '@/lib/console/inference-services/update-service-token.ts'
import { serviceToken, updateTokenInput } from '@/lib/domain/service-token.ts'

const params = z.object({ workspace: z.string(), id: z.string(), token: z.string() })

export const PATCH = defineHandler({
  summary: 'Change the rate limit of a token',
  permission: 'inference-services.write',
  params,
  body: updateTokenInput,
  success: [200, serviceToken],
  run: ({ params: { id, token }, body, caller }) => updateServiceToken(id, token, body, caller),
})

export const DELETE = defineHandler({
  summary: 'End an expiring token now',
  permission: 'inference-services.write',
  params,
  success: [204, null],
  run: async ({ params: { id, token }, caller }) => {
    await endServiceToken(id, token, caller)
  },
})
