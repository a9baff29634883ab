import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { ConsoleApi } from './console-api.ts'

/** One that routes by model name, falls back and has every plugin, to look at; named after its workspace. */
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
    plugins: {
      authorization: { enabled: true },
      moderation: {
        enabled: true,
        rules: [
          { kind: 'word', text: '机密', action: 'block' },
          { kind: 'pattern', text: '1[3-9]\\d{9}', action: 'mask', wholeWord: true },
        ],
        endpoint: { serviceId, categories: [{ name: 'violence', threshold: 0.8 }] },
      },
      rateLimits: { enabled: true, rules: [{ by: 'consumer', amount: 100, match: 'team-*' }] },
      quotas: { rules: [{ by: 'header', header: 'x-tenant', amount: 1_000_000, unit: 'tokens' }] },
    },
  })
}
