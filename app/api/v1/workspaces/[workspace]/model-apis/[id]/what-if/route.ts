import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { whatIf } from '@/lib/console/model-apis/what-if.ts'
import { whatIfInput, whatIfResult } from '@/lib/domain/what-if.ts'

export const POST = defineHandler({
  summary: 'Where the last requests to a Model API would have gone with another routing',
  permission: 'model-apis.read',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: whatIfInput,
  success: [200, whatIfResult],
  run: ({ params: { id }, body, caller }) => whatIf(id, body, caller),
})
