import * as z from 'zod'
import { createGateway } from '@/lib/console/gateways/create-gateway.ts'
import { listGateways } from '@/lib/console/gateways/list-gateways.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createGatewayInput, gateway } from '@/lib/domain/gateway.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Gateways: the shared one and the workspace’s own',
  permission: 'gateways.read',
  params,
  query: pageQuery,
  success: [200, pageOf(gateway)],
  run: ({ caller }) => listGateways(caller),
})

export const POST = defineHandler({
  summary: 'Create a dedicated gateway',
  permission: 'gateways.write',
  params,
  body: createGatewayInput,
  creates: true,
  success: [201, gateway],
  run: ({ body, caller }) => createGateway(body, caller),
})
