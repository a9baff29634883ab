import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { getSourceQuota } from '@/lib/console/sources/source-quota.ts'
import { sourceQuota } from '@/lib/domain/source.ts'

export const GET = defineHandler({
  summary: 'How many sources a gateway has and may have',
  permission: 'sources.read',
  params: z.object({ workspace: z.string() }),
  query: z.object({ gatewayId: z.string().max(64).default('shared') }),
  success: [200, sourceQuota],
  run: ({ query: { gatewayId }, caller }) => getSourceQuota(gatewayId, caller),
})
