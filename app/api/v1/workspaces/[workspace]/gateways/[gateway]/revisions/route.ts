import * as z from 'zod'
import { listRevisions } from '@/lib/console/gateways/list-revisions.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { pageOf } from '@/lib/domain/object.ts'
import { revision, revisionQuery } from '@/lib/domain/revision.ts'

export const GET = defineHandler({
  summary: 'Saved changes, newest first',
  permission: 'gateways.read',
  params: z.object({ workspace: z.string(), gateway: z.string() }),
  query: revisionQuery,
  success: [200, pageOf(revision)],
  run: ({ params, query, caller }) => listRevisions(params.gateway, query, caller),
})
