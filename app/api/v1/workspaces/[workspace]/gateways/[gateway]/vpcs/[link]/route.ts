import * as z from 'zod'
import { removeVpc } from '@/lib/console/gateways/remove-vpc.ts'
import { updateVpcLink } from '@/lib/console/gateways/update-vpc-link.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { gatewayVpcLink, updateVpcLinkInput } from '@/lib/domain/gateway-network.ts'

const params = z.object({ workspace: z.string(), gateway: z.string(), link: z.string() })

export const PATCH = defineHandler({
  summary: 'Change vSwitches or authoritative DNS of a VPC of a gateway',
  permission: 'gateways.write',
  params,
  body: updateVpcLinkInput,
  success: [200, gatewayVpcLink],
  run: ({ params, body, caller }) => updateVpcLink(params, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Take a VPC from a gateway',
  permission: 'gateways.write',
  params,
  success: [204, null],
  run: async ({ params, caller }) => {
    await removeVpc(params, caller)
  },
})
