import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { setVpcConsent } from '@/lib/console/networks/set-vpc-consent.ts'
import { vpcConsent, vpcConsentInput } from '@/lib/domain/gateway-network.ts'

export const PUT = defineHandler({
  summary: 'Grant or decline a VPC to a gateway of another workspace',
  permission: 'networks.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: vpcConsentInput,
  success: [200, vpcConsent],
  run: ({ params: { id }, body, caller }) => setVpcConsent(id, body, caller),
})
