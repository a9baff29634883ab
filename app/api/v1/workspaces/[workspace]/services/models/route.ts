import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { fetchDraftModels } from '@/lib/console/services/fetch-models.ts'
import { holdProbe } from '@/lib/console/services/hold-probe.ts'
import { listModelsInput, listModelsResult } from '@/lib/domain/test-service.ts'
import { createServiceProbe } from '@/lib/gateway/service-probe.ts'

export const POST = defineHandler({
  summary: 'Ask a provider for its models before the service is saved',
  permission: 'services.write',
  params: z.object({ workspace: z.string() }),
  body: listModelsInput,
  success: [200, listModelsResult],
  run: ({ body, caller }) => fetchDraftModels(body, holdProbe(createServiceProbe), caller),
})
