import * as z from 'zod'
import { listGatewayNodes } from '@/lib/console/gateways/list-gateway-nodes.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { gatewayNode } from '@/lib/domain/gateway.ts'

export const GET = defineHandler({
  summary: 'Processes of a gateway, as they last reported',
  permission: 'gateways.read',
  params: z.object({ workspace: z.string(), gateway: z.string() }),
  success: [200, z.object({ items: z.array(gatewayNode) })],
  run: ({ params, caller }) => listGatewayNodes(params.gateway, caller),
})
