import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { getRequest } from '@/lib/console/requests/get-request.ts'
import { requestDetail } from '@/lib/domain/request-record.ts'

export const GET = defineHandler({
  summary:
    'A request to a Model API, by the id of its record or the newest with this request id, with its content where it was recorded and the caller may read it',
  permission: 'requests.read',
  params: z.object({ workspace: z.string(), id: z.string() }),
  success: [200, requestDetail],
  run: ({ params: { id }, caller }) => getRequest(id, caller),
})
