import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const paiEasManifest: ProviderManifestSource = {
  id: 'pai-eas',
  kind: 'model',
  name: { en: 'PAI-EAS', 'zh-CN': 'PAI-EAS' },
  aliases: ['eas', 'pai', 'inference service', '推理服务', '模型在线服务'],
  monogram: 'EAS',
  protocols: [
    { id: 'openai', baseUrl: '', formats: ['openai-chat', 'openai-completions', 'openai-embeddings'] },
  ],
  models: [],
  takesKeys: false,
  credentials: [],
  keyPage: null,
  options: [
    {
      name: 'service',
      label: { en: 'EAS service', 'zh-CN': 'EAS 服务' },
      help: {
        en: 'Its address and token are taken from it, and followed when the token is changed.',
        'zh-CN': '地址和 Token 自动取自该服务，并随 Token 轮换更新。',
      },
      kind: 'service',
      required: true,
    },
    {
      name: 'connection',
      label: { en: 'Connection', 'zh-CN': '连接方式' },
      kind: 'select',
      choices: [
        { value: 'vpc', label: { en: 'Private network', 'zh-CN': '专有网络' } },
        { value: 'internet', label: { en: 'Public network', 'zh-CN': '公网' } },
      ],
      default: 'vpc',
    },
    {
      name: 'authorization',
      label: { en: 'Authorization header', 'zh-CN': 'Authorization 请求头' },
      kind: 'select',
      choices: [
        { value: 'token', label: { en: 'The token alone', 'zh-CN': '仅 Token' } },
        { value: 'bearer', label: { en: 'Bearer and the token', 'zh-CN': 'Bearer 加 Token' } },
      ],
      default: 'token',
    },
  ],
  listsModels: true,
}
