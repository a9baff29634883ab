import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { checkSource } from '@/lib/console/sources/ask-source.ts'
import { checkSourceInput, sourceCheck } from '@/lib/domain/source.ts'

export const POST = defineHandler({
  summary: 'Try a connection to a registry before it is saved',
  permission: 'sources.write',
  params: z.object({ workspace: z.string() }),
  body: checkSourceInput,
  success: [200, sourceCheck],
  run: ({ body, caller }) => checkSource(body, caller),
})
