import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { createInferenceService } from '@/lib/console/inference-services/create-inference-service.ts'
import { listInferenceServices } from '@/lib/console/inference-services/list-inference-services.ts'
import {
  createInferenceServiceInput,
  inferenceService,
  inferenceServiceQuery,
} from '@/lib/domain/inference-service.ts'
import { pageOf } from '@/lib/domain/object.ts'

const params = z.object({ workspace: z.string() })

export const GET = defineHandler({
  summary: 'Inference services',
  permission: 'inference-services.read',
  params,
  query: inferenceServiceQuery,
  success: [200, pageOf(inferenceService)],
  run: ({ query, caller }) => listInferenceServices(query, caller),
})

export const POST = defineHandler({
  summary: 'Deploy an inference service, with a token',
  permission: 'inference-services.write',
  params,
  body: createInferenceServiceInput,
  success: [201, inferenceService],
  creates: true,
  run: async ({ body, caller, headers }) => {
    const created = await createInferenceService(body, caller)
    headers.set('location', `/api/v1/workspaces/${caller.workspace.id}/inference-services/${created.id}`)
    return created
  },
})
