import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const yiManifest: ProviderManifestSource = {
  id: 'yi',
  kind: 'model',
  name: { en: 'Yi', 'zh-CN': '零一万物' },
  aliases: ['零一万物', 'lingyiwanwu', '01.ai'],
  monogram: 'YI',
  protocols: [{ id: 'openai', baseUrl: 'https://api.lingyiwanwu.com/v1', formats: ['openai-chat'] }],
  models: [
    'yi-lightning',
    'yi-large',
    'yi-medium',
    'yi-medium-200k',
    'yi-spark',
    'yi-large-rag',
    'yi-large-fc',
    'yi-large-turbo',
  ],
  takesKeys: true,
  credentials: [apiKeyForm('')],
  keyPage: 'https://platform.lingyiwanwu.com/apikeys',
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: true,
}
