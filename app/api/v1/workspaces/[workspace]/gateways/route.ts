import * as z from 'zod'
import { listGateways } from '@/lib/console/gateways/list-gateways.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { gateway } from '@/lib/domain/gateway.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'

export const GET = defineHandler({
  summary: 'Gateways: the shared one and the workspace’s own',
  permission: 'gateways.read',
  params: z.object({ workspace: z.string() }),
  query: pageQuery,
  success: [200, pageOf(gateway)],
  run: ({ caller }) => listGateways(caller),
})
