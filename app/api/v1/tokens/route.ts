import * as z from 'zod'
import { createInstallationToken } from '@/lib/console/api-tokens/create-api-token.ts'
import { listInstallationTokens } from '@/lib/console/api-tokens/list-api-tokens.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { apiToken, createApiTokenInput } from '@/lib/domain/api-token.ts'

export const GET = defineHandler({
  summary: 'API tokens of the installation',
  permission: 'installation',
  success: [200, z.object({ items: z.array(apiToken) })],
  run: ({ caller }) => listInstallationTokens(caller),
})

export const POST = defineHandler({
  summary: 'Make an API token for the whole installation',
  permission: 'installation',
  body: createApiTokenInput,
  success: [201, apiToken],
  creates: true,
  run: ({ body, caller }) => createInstallationToken(body, caller),
})
