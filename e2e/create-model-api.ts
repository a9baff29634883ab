import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { ConsoleApi } from './console-api.ts'

/** One that routes by model name and falls back, to look at; named after its workspace. */
export function createModelApi(api: ConsoleApi, workspace: string, serviceId: string): Promise<ModelApi> {
  return api.post<ModelApi>(`/workspaces/${workspace}/model-apis`, {
    name: workspace,
    gatewayId: 'gw_shared',
    basePath: `/${workspace}`,
    routing: {
      mode: 'model-name',
      rules: [
        { pattern: 'qwen-*', target: { serviceId } },
        { pattern: 'qwen-max', target: { serviceId, model: 'qwen3-8b' } },
      ],
      default: { serviceId },
    },
    fallback: { enabled: true, targets: [{ serviceId, model: 'qwen3-8b' }] },
  })
}
