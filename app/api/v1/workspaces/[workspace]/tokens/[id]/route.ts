import * as z from 'zod'
import { revokeWorkspaceToken } from '@/lib/console/api-tokens/revoke-api-token.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'

export const DELETE = defineHandler({
  summary: 'Revoke an API token of the workspace',
  permission: 'api-tokens.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  success: [204, null],
  run: async ({ params: { id }, caller }) => {
    await revokeWorkspaceToken(id, caller)
  },
})
