import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { fetchModels } from '@/lib/console/services/fetch-models.ts'
import { holdProbe } from '@/lib/console/services/hold-probe.ts'
import { listModelsResult } from '@/lib/domain/test-service.ts'
import { createServiceProbe } from '@/lib/gateway/service-probe.ts'

export const POST = defineHandler({
  summary: 'Ask the provider of a service for its models',
  permission: 'services.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  success: [200, listModelsResult],
  run: ({ params: { id }, caller }) => fetchModels(id, holdProbe(createServiceProbe), caller),
})
