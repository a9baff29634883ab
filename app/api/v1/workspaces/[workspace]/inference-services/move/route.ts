import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { moveServices } from '@/lib/console/inference-services/move-services.ts'
import { moveServicesInput, moveServicesResult } from '@/lib/domain/service-move.ts'

export const POST = defineHandler({
  summary: 'Move inference services onto another gateway, or only check whether they can',
  permission: 'inference-services.write',
  params: z.object({ workspace: z.string() }),
  body: moveServicesInput,
  success: [200, moveServicesResult],
  run: ({ body, caller }) => moveServices(body, caller),
})
