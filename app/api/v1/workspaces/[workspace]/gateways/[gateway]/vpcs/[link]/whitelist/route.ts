import * as z from 'zod'
import { getVpcWhitelist, setVpcWhitelist } from '@/lib/console/gateways/vpc-whitelist.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { ifMatchVersion } from '@/lib/console/http/if-match.ts'
import { whitelist, whitelistInput } from '@/lib/domain/whitelist.ts'

const params = z.object({ workspace: z.string(), gateway: z.string(), link: z.string() })

export const GET = defineHandler({
  summary: 'Who of a VPC may call a gateway',
  permission: 'gateways.read',
  params,
  success: [200, whitelist],
  run: ({ params, caller }) => getVpcWhitelist(params.gateway, params.link, caller),
})

export const PUT = defineHandler({
  summary: 'Replace the whitelist of a VPC of a gateway',
  permission: 'gateways.write',
  params,
  body: whitelistInput,
  success: [200, whitelist],
  run: ({ params, body, request, caller }) => setVpcWhitelist(params, body, ifMatchVersion(request), caller),
})
