import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const geminiManifest: ProviderManifestSource = {
  id: 'gemini',
  kind: 'model',
  name: { en: 'Gemini', 'zh-CN': 'Gemini' },
  aliases: ['google', '谷歌', 'google ai studio', 'generative language'],
  monogram: 'GE',
  protocols: [
    {
      id: 'openai',
      baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
      formats: ['openai-chat', 'openai-embeddings'],
    },
    {
      id: 'native',
      baseUrl: 'https://generativelanguage.googleapis.com',
      formats: ['gemini', 'gemini-embeddings'],
    },
  ],
  models: ['gemini-1.5-flash', 'gemini-1.5-pro'],
  takesKeys: true,
  credentials: [apiKeyForm('AIza…', 'AIza')],
  keyPage: 'https://aistudio.google.com/apikey',
  options: [],
  baseUrlHints: [
    pastedPathHint,
    {
      pattern: ':(?:generateContent|streamGenerateContent)',
      message: {
        en: 'Paste the base, not the path: the address ends before /v1beta/models.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /v1beta/models 之前。',
      },
    },
  ],
  listsModels: true,
}
