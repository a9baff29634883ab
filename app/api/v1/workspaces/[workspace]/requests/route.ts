import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { listRequests } from '@/lib/console/requests/list-requests.ts'
import { pageOf } from '@/lib/domain/object.ts'
import { requestQuery, requestRecord } from '@/lib/domain/request-record.ts'

export const GET = defineHandler({
  summary: 'Requests to Model APIs, the newest first',
  permission: 'requests.read',
  params: z.object({ workspace: z.string() }),
  query: requestQuery,
  success: [200, pageOf(requestRecord)],
  run: ({ query, caller }) => listRequests(query, caller),
})
