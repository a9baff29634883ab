import * as z from 'zod'
import { createWorkspaceToken } from '@/lib/console/api-tokens/create-api-token.ts'
import { listWorkspaceTokens } from '@/lib/console/api-tokens/list-api-tokens.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { apiToken, createApiTokenInput } from '@/lib/domain/api-token.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'API tokens of the workspace',
  permission: 'api-tokens.read',
  params,
  success: [200, z.object({ items: z.array(apiToken) })],
  run: ({ caller }) => listWorkspaceTokens(caller),
})

export const POST = defineHandler({
  summary: 'Make an API token for the workspace',
  permission: 'api-tokens.write',
  params,
  body: createApiTokenInput,
  success: [201, apiToken],
  creates: true,
  run: ({ body, caller }) => createWorkspaceToken(body, caller),
})
