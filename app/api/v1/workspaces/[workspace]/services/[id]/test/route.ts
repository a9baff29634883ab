import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { holdProbe } from '@/lib/console/services/hold-probe.ts'
import { testService } from '@/lib/console/services/test-service.ts'
import { serviceTestResult, testServiceInput } from '@/lib/domain/test-service.ts'
import { createServiceProbe } from '@/lib/gateway/service-probe.ts'

export const POST = defineHandler({
  summary: 'Call a service with the model chosen, and say what came back',
  permission: 'services.write',
  params: z.object({ workspace: z.string(), id: z.string() }),
  body: testServiceInput,
  success: [200, serviceTestResult],
  run: ({ params: { id }, body, caller }) => testService(id, body, holdProbe(createServiceProbe), caller),
})
