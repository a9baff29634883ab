import * as z from 'zod'
import { getRevision } from '@/lib/console/gateways/list-revisions.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { revision } from '@/lib/domain/revision.ts'

const params = z.object({
  workspace: z.string(),
  gateway: z.string(),
  number: z.coerce.number().int().min(0).max(2_147_483_647),
})

export const GET = defineHandler({
  summary: 'A saved change',
  permission: 'gateways.read',
  params,
  success: [200, revision],
  run: ({ params, caller }) => getRevision(params.gateway, params.number, caller),
})
