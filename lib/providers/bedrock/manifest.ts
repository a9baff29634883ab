import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const bedrockManifest = {
  id: 'bedrock',
  kind: 'model',
  name: { en: 'Amazon Bedrock', 'zh-CN': 'Amazon Bedrock' },
  aliases: ['aws', 'amazon', 'nova', 'mantle', '亚马逊'],
  monogram: 'BR',
  protocols: [
    {
      id: 'native',
      baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com',
      baseUrls: [
        {
          when: { option: 'endpoint', in: ['mantle'] },
          baseUrl: 'https://bedrock-mantle.{region}.api.aws',
        },
      ],
      formats: ['bedrock-converse', 'anthropic-messages'],
    },
    {
      id: 'openai',
      baseUrl: 'https://bedrock-runtime.{region}.amazonaws.com/openai/v1',
      formats: ['openai-chat'],
      except: {
        when: { option: 'endpoint', in: ['mantle'] },
        reason: {
          en: 'Mantle is asked in Anthropic’s protocol only. Choose Runtime for OpenAI/v1.',
          'zh-CN': 'Mantle 仅支持 Anthropic 协议。如需 OpenAI/v1，请选择 Runtime。',
        },
      },
    },
  ],
  models: [],
  takesKeys: true,
  credentials: [
    {
      when: { option: 'auth', in: ['api-key'] },
      fields: [
        {
          name: 'apiKey',
          label: { en: 'Bedrock API key', 'zh-CN': 'Bedrock API Key' },
          kind: 'secret',
          placeholder: 'ABSK…',
        },
      ],
      prefix: 'ABSK',
    },
    {
      when: { option: 'auth', in: ['access-key'] },
      fields: [
        {
          name: 'accessKeyId',
          label: { en: 'Access key ID', 'zh-CN': 'Access Key ID' },
          kind: 'text',
          placeholder: 'AKIA…',
        },
        {
          name: 'secretAccessKey',
          label: { en: 'Secret access key', 'zh-CN': 'Secret Access Key' },
          kind: 'secret',
        },
        {
          name: 'sessionToken',
          label: { en: 'Session token', 'zh-CN': 'Session Token' },
          kind: 'secret',
          placeholder: '',
          required: false,
        },
      ],
    },
  ],
  keyPage: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
  options: [
    {
      name: 'region',
      label: { en: 'AWS region', 'zh-CN': 'AWS 地域' },
      help: {
        en: 'Such as us-east-1. Requests are signed for it.',
        'zh-CN': '例如 us-east-1，请求按此地域签名。',
      },
      kind: 'text',
      default: 'us-east-1',
      required: true,
      pattern: {
        source: '[a-z]{2,3}(-[a-z]+)+-\\d',
        message: { en: 'Write a region such as us-east-1.', 'zh-CN': '请填写地域，例如 us-east-1。' },
      },
    },
    {
      name: 'endpoint',
      label: { en: 'Endpoint mode', 'zh-CN': '端点模式' },
      help: {
        en: 'Runtime answers every model through Converse. Mantle answers Claude in Anthropic’s protocol.',
        'zh-CN': 'Runtime 通过 Converse 提供全部模型；Mantle 以 Anthropic 协议提供 Claude。',
      },
      kind: 'select',
      choices: [
        { value: 'runtime', label: { en: 'Runtime', 'zh-CN': 'Runtime' } },
        { value: 'mantle', label: { en: 'Mantle', 'zh-CN': 'Mantle' } },
      ],
      default: 'runtime',
      required: true,
    },
    {
      name: 'auth',
      label: { en: 'Authentication', 'zh-CN': '认证方式' },
      kind: 'select',
      choices: [
        { value: 'api-key', label: { en: 'API key', 'zh-CN': 'API Key' } },
        { value: 'access-key', label: { en: 'Access key (AK/SK)', 'zh-CN': '访问密钥（AK/SK）' } },
      ],
      default: 'api-key',
      required: true,
    },
  ],
  baseUrlHints: [
    {
      pattern: '/(converse|converse-stream|invoke|invoke-with-response-stream|chat/completions|messages)/*$',
      message: {
        en: 'Paste the base, not the path: the address ends before /model.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /model 之前。',
      },
    },
  ],
  listsModels: true,
} as const satisfies ProviderManifestSource
