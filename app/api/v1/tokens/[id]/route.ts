import * as z from 'zod'
import { revokeInstallationToken } from '@/lib/console/api-tokens/revoke-api-token.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'

export const DELETE = defineHandler({
  summary: 'Revoke an API token of the installation',
  permission: 'installation',
  params: z.object({ id: z.string() }),
  success: [204, null],
  run: async ({ params, caller }) => {
    await revokeInstallationToken(params.id, caller)
  },
})
