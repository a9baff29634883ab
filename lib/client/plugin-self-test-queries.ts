import { useMutation } from '@tanstack/react-query'
import type * as z from 'zod'
import type { SelfTestResult, selfTestInput } from '@/lib/domain/plugin-self-test.ts'
import { apiPath, consoleApi } from './console-api.ts'

/** Whether a plugin refuses what it should; each call sends requests to the gateway. */
export function usePluginSelfTest(workspace: string, api: string) {
  return useMutation({
    mutationFn: (input: z.input<typeof selfTestInput>) =>
      consoleApi.post<SelfTestResult>(
        apiPath('workspaces', workspace, 'model-apis', api, 'plugins', 'self-test'),
        input,
      ),
  })
}
