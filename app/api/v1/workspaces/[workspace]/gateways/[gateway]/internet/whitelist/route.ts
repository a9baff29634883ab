import * as z from 'zod'
import { getInternetWhitelist, setInternetWhitelist } from '@/lib/console/gateways/internet-whitelist.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { ifMatchVersion } from '@/lib/console/http/if-match.ts'
import { whitelist, whitelistInput } from '@/lib/domain/whitelist.ts'

const params = z.object({ workspace: z.string(), gateway: z.string() })

export const GET = defineHandler({
  summary: 'Who may call a dedicated gateway from the Internet',
  permission: 'gateways.read',
  params,
  success: [200, whitelist],
  run: ({ params, caller }) => getInternetWhitelist(params.gateway, caller),
})

export const PUT = defineHandler({
  summary: 'Replace the whitelist of the Internet side',
  permission: 'gateways.write',
  params,
  body: whitelistInput,
  success: [200, whitelist],
  run: ({ params, body, request, caller }) =>
    setInternetWhitelist(params.gateway, body, ifMatchVersion(request), caller),
})
