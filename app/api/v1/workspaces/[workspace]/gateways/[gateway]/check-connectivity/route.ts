import * as z from 'zod'
import { checkConnectivity } from '@/lib/console/gateways/check-connectivity.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { connectivity, connectivityInput } from '@/lib/domain/gateway-network.ts'

export const POST = defineHandler({
  summary: 'Try to reach a gateway from the console, now',
  permission: 'gateways.read',
  params: z.object({ workspace: z.string(), gateway: z.string() }),
  body: connectivityInput,
  success: [200, connectivity],
  run: ({ params, body, caller }) => checkConnectivity(params.gateway, body, caller),
})
