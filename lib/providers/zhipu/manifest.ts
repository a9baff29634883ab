import { apiKeyForm, missingPathHint, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const zhipuManifest: ProviderManifestSource = {
  id: 'zhipu',
  kind: 'model',
  name: { en: 'Zhipu AI', 'zh-CN': '智谱 AI' },
  aliases: ['智谱', '智谱清言', 'glm', 'chatglm', 'bigmodel', 'z.ai'],
  monogram: 'GL',
  protocols: [
    {
      id: 'openai',
      baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
      formats: ['openai-chat', 'openai-embeddings', 'anthropic-messages'],
    },
  ],
  models: [
    'GLM-4-Plus',
    'GLM-4-0520',
    'GLM-4-Long',
    'GLM-4-AirX',
    'GLM-4-Air',
    'GLM-4-FlashX',
    'GLM-4-Flash',
    'GLM-4-AllTools',
    'GLM-4',
  ],
  takesKeys: true,
  credentials: [apiKeyForm('')],
  keyPage: 'https://open.bigmodel.cn/usercenter/apikeys',
  options: [],
  baseUrlHints: [pastedPathHint, missingPathHint('/api/paas/v4')],
  listsModels: false,
}
