import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { getOverview } from '@/lib/console/overview/get-overview.ts'
import { overview } from '@/lib/domain/overview.ts'

export const GET = defineHandler({
  summary: 'Problems, numbers of 24 hours, recent activity',
  permission: 'workspace.read',
  params: z.object({ workspace: z.string() }),
  success: [200, overview],
  run: ({ caller }) => getOverview(caller),
})
