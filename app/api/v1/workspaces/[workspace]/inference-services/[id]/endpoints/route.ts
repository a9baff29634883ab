import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { getServiceEndpoints } from '@/lib/console/inference-services/get-service-endpoints.ts'
import { serviceEndpoints } from '@/lib/domain/service-endpoints.ts'

export const GET = defineHandler({
  summary: 'The ways to call it',
  permission: 'inference-services.read',
  params: z.object({ workspace: z.string(), id: z.string() }),
  success: [200, serviceEndpoints],
  run: ({ params: { id }, caller }) => getServiceEndpoints(id, caller),
})
