import { apiKeyForm, missingPathHint, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const doubaoManifest: ProviderManifestSource = {
  id: 'doubao',
  kind: 'model',
  name: { en: 'Doubao', 'zh-CN': '豆包' },
  aliases: ['豆包', '火山方舟', '火山引擎', 'volcengine', 'ark', 'bytedance', '字节跳动'],
  monogram: 'DB',
  protocols: [
    {
      id: 'openai',
      baseUrl: 'https://ark.cn-beijing.volces.com/api/v3',
      formats: ['openai-chat', 'openai-embeddings', 'anthropic-messages'],
    },
  ],
  models: [
    'doubao-seed-1-6-250615',
    'doubao-seed-1-6-flash-250715',
    'doubao-seed-1-6-thinking-250715',
    'doubao-1-5-thinking-vision-pro-250428',
  ],
  takesKeys: true,
  credentials: [apiKeyForm('')],
  keyPage: 'https://console.volcengine.com/ark/region:ark+cn-beijing/apiKey',
  options: [],
  baseUrlHints: [pastedPathHint, missingPathHint('/api/v3')],
  listsModels: false,
}
