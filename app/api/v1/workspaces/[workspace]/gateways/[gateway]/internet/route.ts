import * as z from 'zod'
import { setInternet } from '@/lib/console/gateways/set-internet.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { gateway } from '@/lib/domain/gateway.ts'
import { internetInput } from '@/lib/domain/gateway-network.ts'

export const PUT = defineHandler({
  summary: 'Switch the Internet side of a dedicated gateway on or off',
  permission: 'gateways.write',
  params: z.object({ workspace: z.string(), gateway: z.string() }),
  body: internetInput,
  success: [200, gateway],
  run: ({ params, body, caller }) => setInternet(params.gateway, body, caller),
})
