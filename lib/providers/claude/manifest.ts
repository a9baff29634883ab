import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const claudeManifest = {
  id: 'claude',
  kind: 'model',
  name: { en: 'Claude', 'zh-CN': 'Claude' },
  aliases: ['anthropic', 'opus', 'sonnet', 'haiku'],
  monogram: 'CL',
  protocols: [{ id: 'native', baseUrl: 'https://api.anthropic.com', formats: ['anthropic-messages'] }],
  models: ['claude-3-5-sonnet-latest', 'claude-3-5-haiku-latest', 'claude-3-opus-latest'],
  takesKeys: true,
  credentials: [
    {
      when: { option: 'oauth', in: ['true'] },
      fields: [
        {
          name: 'token',
          label: { en: 'OAuth token', 'zh-CN': 'OAuth 令牌' },
          kind: 'secret',
          placeholder: 'sk-ant-oat…',
        },
      ],
      prefix: 'sk-ant-oat',
    },
    {
      fields: [
        {
          name: 'apiKey',
          label: { en: 'API key', 'zh-CN': 'API Key' },
          kind: 'secret',
          placeholder: 'sk-ant-…',
        },
      ],
      prefix: 'sk-ant-',
    },
  ],
  keyPage: 'https://platform.claude.com/settings/keys',
  options: [
    {
      name: 'oauth',
      label: { en: 'Use Claude Code OAuth token', 'zh-CN': '使用 Claude Code OAuth 令牌' },
      help: {
        en: 'The key is an OAuth token of a subscription instead of an API key.',
        'zh-CN': '密钥为订阅的 OAuth 令牌，而非 API Key。',
      },
      kind: 'switch',
      default: 'false',
      warning: {
        en: 'A subscription’s token is meant for its owner’s own clients. The vendor’s terms may forbid its use here, and the vendor may block it. Requests are sent as what they are; no other client is imitated.',
        'zh-CN':
          '订阅令牌供其所有者在自己的客户端中使用。供应商条款可能禁止在此使用，供应商也可能将其封禁。请求按其本来面目发送，不会冒充其他客户端。',
      },
    },
  ],
  baseUrlHints: [
    {
      pattern: '/messages/*$',
      message: {
        en: 'Paste the base, not the path: the address ends before /v1/messages.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /v1/messages 之前。',
      },
    },
  ],
  listsModels: true,
} as const satisfies ProviderManifestSource
