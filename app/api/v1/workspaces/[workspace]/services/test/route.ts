import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { holdProbe } from '@/lib/console/services/hold-probe.ts'
import { testDraft } from '@/lib/console/services/test-service.ts'
import { serviceTestResult, testDraftInput } from '@/lib/domain/test-service.ts'
import { createServiceProbe } from '@/lib/gateway/service-probe.ts'

export const POST = defineHandler({
  summary: 'Try a service before it is saved',
  permission: 'services.write',
  params: z.object({ workspace: z.string() }),
  body: testDraftInput,
  success: [200, serviceTestResult],
  run: ({ body, caller }) => testDraft(body, holdProbe(createServiceProbe), caller),
})
