import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { listHealthEvents } from '@/lib/console/inference-services/list-health-events.ts'
import { instanceHealthEvent } from '@/lib/domain/inference-service.ts'
import { pageOf, pageQuery } from '@/lib/domain/object.ts'

export const GET = defineHandler({
  summary: 'What became of its instances, newest first',
  permission: 'inference-services.read',
  params: z.object({ workspace: z.string(), id: z.string() }),
  query: pageQuery,
  success: [200, pageOf(instanceHealthEvent)],
  run: ({ params: { id }, query, caller }) => listHealthEvents(id, query, caller),
})
