import * as z from 'zod'
import { listActivity } from '@/lib/console/activity/list-activity.ts'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { activityEntry, activityQuery } from '@/lib/domain/activity.ts'
import { pageOf } from '@/lib/domain/object.ts'

export const GET = defineHandler({
  summary: 'Who did what, when and from where',
  permission: 'activity.read',
  params: z.object({ workspace: z.string() }),
  query: activityQuery,
  success: [200, pageOf(activityEntry)],
  run: ({ query, caller }) => listActivity(query, caller),
})
