import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { searchWorkspace } from '@/lib/console/workspaces/search-workspace.ts'

const hit = z.object({
  kind: z.enum(['inference-service', 'gateway', 'service', 'source']),
  id: z.string(),
  name: z.string(),
})

export const GET = defineHandler({
  summary: 'Find objects of the workspace by name or id',
  permission: 'workspace.read',
  params: z.object({ workspace: z.string() }),
  query: z.object({ q: z.string().max(100).default('') }),
  success: [200, z.object({ items: z.array(hit) })],
  run: ({ query, caller }) => searchWorkspace(query.q, caller),
})
