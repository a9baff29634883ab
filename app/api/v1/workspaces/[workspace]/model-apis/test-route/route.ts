import * as z from 'zod'
import { defineHandler } from '@/lib/console/http/define-handler.ts'
import { testRoute } from '@/lib/console/model-apis/test-route.ts'
import { holdProbe } from '@/lib/console/services/hold-probe.ts'
import { routeTestResult, testRouteInput } from '@/lib/domain/test-route.ts'
import { createServiceProbe } from '@/lib/gateway/service-probe.ts'

export const POST = defineHandler({
  summary: 'Where a Model API would send a sample request, and why',
  permission: 'model-apis.read',
  params: z.object({ workspace: z.string() }),
  body: testRouteInput,
  success: [200, routeTestResult],
  run: ({ body, caller }) => testRoute(body, holdProbe(createServiceProbe), caller),
})
