import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { suggestName } from '@/lib/console/inference-services/suggest-name.ts'

export const GET = defineHandler({
  summary: 'Whether a name is free, and one that is',
  permission: 'inference-services.read',
  params: z.object({ workspace: z.string() }),
  query: z.object({ name: z.string().max(100) }),
  success: [200, z.object({ available: z.boolean(), suggestion: z.string().nullable() })],
  run: ({ query, caller }) => suggestName(query.name, caller),
})
