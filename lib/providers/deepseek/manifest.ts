import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const deepSeekManifest: ProviderManifestSource = {
  id: 'deepseek',
  kind: 'model',
  name: { en: 'DeepSeek', 'zh-CN': '深度求索' },
  aliases: ['深度求索', 'deep seek'],
  monogram: 'DS',
  protocols: [
    { id: 'openai', baseUrl: 'https://api.deepseek.com/v1', formats: ['openai-chat', 'anthropic-messages'] },
  ],
  models: ['deepseek-chat', 'deepseek-reasoner'],
  takesKeys: true,
  credentials: [apiKeyForm('sk-…')],
  keyPage: 'https://platform.deepseek.com/api_keys',
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: true,
}
