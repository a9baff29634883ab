import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const hunyuanManifest = {
  id: 'hunyuan',
  kind: 'model',
  name: { en: 'Hunyuan', 'zh-CN': '腾讯混元' },
  aliases: ['tencent', '腾讯', '混元', 'mixed element'],
  monogram: 'HY',
  protocols: [
    { id: 'native', baseUrl: 'https://hunyuan.tencentcloudapi.com', formats: ['hunyuan'] },
    {
      id: 'openai',
      baseUrl: 'https://api.hunyuan.cloud.tencent.com/v1',
      formats: ['openai-chat', 'openai-embeddings', 'anthropic-messages'],
    },
  ],
  models: [
    'hunyuan-turbo-latest',
    'hunyuan-turbo',
    'hunyuan-large',
    'hunyuan-pro',
    'hunyuan-standard-256K',
    'hunyuan-standard',
    'hunyuan-lite',
  ],
  takesKeys: true,
  credentials: [
    {
      protocol: 'native',
      fields: [
        {
          name: 'secretId',
          label: { en: 'SecretId', 'zh-CN': 'SecretId' },
          kind: 'text',
          placeholder: 'AKID…',
        },
        { name: 'secretKey', label: { en: 'SecretKey', 'zh-CN': 'SecretKey' }, kind: 'secret' },
      ],
    },
    {
      protocol: 'openai',
      fields: [
        {
          name: 'apiKey',
          label: { en: 'API key', 'zh-CN': 'API Key' },
          kind: 'secret',
          placeholder: 'sk-…',
        },
      ],
    },
  ],
  keyPage: 'https://console.cloud.tencent.com/hunyuan/start',
  options: [],
  listsModels: false,
} as const satisfies ProviderManifestSource
