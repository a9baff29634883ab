import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const openAiManifest: ProviderManifestSource = {
  id: 'openai',
  kind: 'model',
  name: { en: 'OpenAI', 'zh-CN': 'OpenAI' },
  aliases: ['gpt', 'chatgpt', 'open ai'],
  monogram: 'OA',
  protocols: [
    {
      id: 'openai',
      baseUrl: 'https://api.openai.com/v1',
      formats: ['openai-chat', 'openai-completions', 'openai-embeddings'],
    },
  ],
  models: ['gpt-3', 'gpt-35-turbo', 'gpt-4', 'gpt-4o', 'gpt-4o-mini'],
  takesKeys: true,
  credentials: [apiKeyForm('sk-proj-…', 'sk-proj-')],
  keyPage: 'https://platform.openai.com/api-keys',
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: true,
}
