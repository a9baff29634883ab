import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { stopInferenceService } from '@/lib/console/inference-services/start-inference-service.ts'
import { inferenceService } from '@/lib/domain/inference-service.ts'
import { versionInput } from '@/lib/domain/object.ts'

export const POST = defineHandler({
  summary: 'Stop an inference service',
  permission: 'inference-services.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: versionInput,
  success: [200, inferenceService],
  run: ({ params: { id }, body, caller }) => stopInferenceService(id, body.version, caller),
})
