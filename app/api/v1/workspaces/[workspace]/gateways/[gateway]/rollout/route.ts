import * as z from 'zod'
import { getRollout } from '@/lib/console/gateways/get-rollout.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { rollout } from '@/lib/domain/gateway.ts'

export const GET = defineHandler({
  summary: 'Which node serves which revision',
  permission: 'gateways.read',
  params: z.object({ workspace: z.string(), gateway: z.string() }),
  success: [200, rollout],
  run: ({ params, caller }) => getRollout(params.gateway, caller),
})
