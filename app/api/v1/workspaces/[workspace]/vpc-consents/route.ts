import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { listVpcConsents } from '@/lib/console/networks/list-vpc-consents.ts'
import { vpcConsent } from '@/lib/domain/gateway-network.ts'
import { pageOf } from '@/lib/domain/object.ts'

export const GET = defineHandler({
  summary: 'Gateways of other workspaces that ask for a VPC of this one',
  permission: 'networks.read',
  params: z.object({ workspace: z.string() }),
  success: [200, pageOf(vpcConsent)],
  run: ({ caller }) => listVpcConsents(caller),
})
