import { useMutation } from '@tanstack/react-query'
import type * as z from 'zod'
import type { RouteTestResult, testRouteInput } from '@/lib/domain/test-route.ts'
import { apiPath, consoleApi } from './console-api.ts'

/** Asks where a sample request would go; nothing is sent to a service, but to a model that tells intents apart. */
export function useTestRoute(workspace: string) {
  return useMutation({
    mutationFn: (input: z.input<typeof testRouteInput>) =>
      consoleApi.post<RouteTestResult>(apiPath('workspaces', workspace, 'model-apis', 'test-route'), input),
  })
}
