import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const customAgentManifest = {
  id: 'custom-agent',
  kind: 'agent',
  name: { en: 'Custom agent', 'zh-CN': '自定义智能体' },
  aliases: ['agent', '智能体', '自定义'],
  monogram: 'AG',
  protocols: [{ id: 'openai', baseUrl: '', formats: ['openai-chat'] }],
  models: [],
  takesKeys: true,
  keysOptional: true,
  credentials: [
    { fields: [{ name: 'apiKey', label: { en: 'API key', 'zh-CN': 'API Key' }, kind: 'secret' }] },
  ],
  keyPage: null,
  options: [],
  baseUrlHints: [
    {
      pattern: '/chat/completions/*$',
      message: {
        en: 'Paste the base, not the path: the address ends before /chat/completions.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /chat/completions 之前。',
      },
    },
  ],
  listsModels: false,
} as const satisfies ProviderManifestSource
