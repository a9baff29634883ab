import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const moonshotManifest: ProviderManifestSource = {
  id: 'moonshot',
  kind: 'model',
  name: { en: 'Moonshot AI', 'zh-CN': '月之暗面' },
  aliases: ['月之暗面', 'moonshot', 'kimi'],
  monogram: 'MS',
  protocols: [
    { id: 'openai', baseUrl: 'https://api.moonshot.cn/v1', formats: ['openai-chat', 'anthropic-messages'] },
  ],
  models: ['moonshot-v1-8k', 'moonshot-v1-32k', 'moonshot-v1-128k'],
  takesKeys: true,
  credentials: [apiKeyForm('sk-…')],
  keyPage: 'https://platform.moonshot.cn/console/api-keys',
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: true,
}
