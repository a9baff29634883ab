import * as z from 'zod'
import { getGateway } from '@/lib/console/gateways/get-gateway.ts'
import { updateGateway } from '@/lib/console/gateways/update-gateway.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { gateway, updateGatewayInput } from '@/lib/domain/gateway.ts'

const params = z.object({ workspace: z.string(), gateway: z.string() })

export const GET = defineHandler({
  summary: 'A gateway, by id or name',
  permission: 'gateways.read',
  params,
  success: [200, gateway],
  run: ({ params, caller }) => getGateway(params.gateway, caller),
})

export const PATCH = defineHandler({
  summary: 'Change limits and trusted proxies of a gateway',
  permission: 'gateways.write',
  params,
  body: updateGatewayInput,
  success: [200, gateway],
  run: ({ params, body, caller }) => updateGateway(params.gateway, body, caller),
})
