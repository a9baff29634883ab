import * as z from 'zod'
import { addVpc } from '@/lib/console/gateways/add-vpc.ts'
import { listVpcLinks } from '@/lib/console/gateways/list-vpc-links.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { addVpcInput, gatewayVpcLink } from '@/lib/domain/gateway-network.ts'

const params = z.object({ workspace: z.string(), gateway: z.string() })

export const GET = defineHandler({
  summary: 'VPCs whose callers reach a dedicated gateway',
  permission: 'gateways.read',
  params,
  success: [200, z.object({ items: z.array(gatewayVpcLink) })],
  run: ({ params, caller }) => listVpcLinks(params.gateway, caller),
})

export const POST = defineHandler({
  summary: 'Let callers of a VPC reach a dedicated gateway',
  permission: 'gateways.write',
  params,
  body: addVpcInput,
  creates: true,
  success: [201, gatewayVpcLink],
  run: ({ params, body, caller }) => addVpc(params.gateway, body, caller),
})
