import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const openAiCompatibleManifest = {
  id: 'openai-compatible',
  kind: 'model',
  name: { en: 'OpenAI compatible', 'zh-CN': 'OpenAI 兼容' },
  aliases: ['vllm', 'sglang', 'ollama', 'lm studio', 'xinference', 'one api', '自建模型', '兼容'],
  monogram: 'OC',
  protocols: [
    { id: 'openai', baseUrl: '', formats: ['openai-chat', 'openai-completions', 'openai-embeddings'] },
  ],
  models: [],
  takesKeys: true,
  keysOptional: true,
  credentials: [
    {
      fields: [{ name: 'apiKey', label: { en: 'API key', 'zh-CN': 'API Key' }, kind: 'secret' }],
    },
  ],
  keyPage: null,
  options: [],
  baseUrlHints: [
    {
      pattern: '/(chat/completions|completions|embeddings|messages|responses|models)/*$',
      message: {
        en: 'Paste the base, not the path: the address ends before /chat/completions.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /chat/completions 之前。',
      },
    },
  ],
  listsModels: true,
} as const satisfies ProviderManifestSource
