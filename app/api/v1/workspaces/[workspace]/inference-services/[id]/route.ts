import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { deleteInferenceService } from '@/lib/console/inference-services/delete-inference-service.ts'
import { getInferenceService } from '@/lib/console/inference-services/get-inference-service.ts'
import { updateInferenceService } from '@/lib/console/inference-services/update-inference-service.ts'
import { inferenceService, updateInferenceServiceInput } from '@/lib/domain/inference-service.ts'

const params = z.object({ workspace: z.string(), id: z.string() })

export const GET = defineHandler({
  summary: 'An inference service, by id or name',
  permission: 'inference-services.read',
  params,
  success: [200, inferenceService],
  run: ({ params: { id }, caller }) => getInferenceService(id, caller),
})

export const PATCH = defineHandler({
  summary: 'Change an inference service',
  permission: 'inference-services.write',
  params,
  body: updateInferenceServiceInput,
  success: [200, inferenceService],
  run: ({ params: { id }, body, caller }) => updateInferenceService(id, body, caller),
})

export const DELETE = defineHandler({
  summary: 'Delete an inference service',
  permission: 'inference-services.write',
  params,
  query: z.object({ confirm: z.string().max(64).optional() }),
  success: [204, null],
  run: async ({ params: { id }, query, caller }) => {
    await deleteInferenceService(id, query.confirm, caller)
  },
})
