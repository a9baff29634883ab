import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { testInferenceService } from '@/lib/console/inference-services/test-inference-service.ts'
import { testRequestInput, testRequestResult } from '@/lib/domain/test-request.ts'

export const POST = defineHandler({
  summary: 'Call it through the gateway with its own token',
  permission: 'inference-services.reveal-token',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: testRequestInput,
  success: [200, testRequestResult],
  run: ({ params: { id }, body, caller }) => testInferenceService(id, body, caller),
})
