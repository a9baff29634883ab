import type { CreateServiceForm, UpstreamService } from '@/lib/domain/upstream-service.ts'
import type { ConsoleApi } from './console-api.ts'

/** A service of the AI gateway on the shared gateway. */
function createUpstream(
  api: ConsoleApi,
  workspace: string,
  input: CreateServiceForm,
): Promise<UpstreamService> {
  return api.post<UpstreamService>(`/workspaces/${workspace}/services`, input)
}

/** One with two keys, to look at. Nobody answers at its address. */
export function createKeyedUpstream(api: ConsoleApi, workspace: string): Promise<UpstreamService> {
  return createUpstream(api, workspace, {
    name: 'own-qwen',
    gatewayId: 'gw_shared',
    source: 'ai',
    ai: {
      provider: 'openai-compatible',
      baseUrl: 'http://127.0.0.1:9/v1',
      apiKeys: [{ label: 'Team A', value: 'token-abc123' }, { value: 'token-def456' }],
      keyFailover: {},
      models: ['qwen3-8b', 'bge-m3'],
    },
  })
}
