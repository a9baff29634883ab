import * as z from 'zod'
import { setDefaultGateway } from '@/lib/console/gateways/set-default-gateway.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { gateway } from '@/lib/domain/gateway.ts'

export const PUT = defineHandler({
  summary: 'Preselect the gateway on deploy',
  permission: 'workspace.write',
  params: z.object({ workspace: z.string(), gateway: z.string() }),
  success: [200, gateway],
  run: ({ params, caller }) => setDefaultGateway(params.gateway, caller),
})
