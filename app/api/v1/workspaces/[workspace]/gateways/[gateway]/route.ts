import * as z from 'zod'
import { deleteGateway } from '@/lib/console/gateways/delete-gateway.ts'
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
  summary: 'Change limits, trusted proxies, size or billing of a gateway',
  permission: 'gateways.write',
  params,
  body: updateGatewayInput,
  success: [200, gateway],
  run: ({ params, body, caller }) => updateGateway(params.gateway, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete a dedicated gateway that nothing uses',
  permission: 'gateways.write',
  params,
  query: z.object({ confirm: z.string().max(64).optional() }),
  success: [204, null],
  run: async ({ params, query, caller }) => {
    await deleteGateway(params.gateway, query.confirm, caller)
  },
})
