import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

const regional = 'https://{region}-aiplatform.googleapis.com'
const global = 'https://aiplatform.googleapis.com'

const bases = {
  baseUrl: regional,
  baseUrls: [
    { when: { option: 'auth', in: ['express'] }, baseUrl: global },
    { when: { option: 'region', in: ['global'] }, baseUrl: global },
  ],
}

export const vertexManifest = {
  id: 'vertex',
  kind: 'model',
  name: { en: 'Vertex AI', 'zh-CN': 'Vertex AI' },
  aliases: ['google', 'gcp', 'gemini', 'express', '谷歌'],
  monogram: 'VX',
  protocols: [
    { id: 'native', ...bases, formats: ['gemini', 'anthropic-messages'] },
    {
      id: 'openai',
      ...bases,
      formats: ['openai-chat'],
      except: {
        when: { option: 'auth', in: ['express'] },
        reason: {
          en: 'Google’s OpenAI endpoint takes no Express mode keys. Choose a service account for OpenAI/v1.',
          'zh-CN': 'Google 的 OpenAI 兼容端点不接受 Express 模式密钥。如需 OpenAI/v1，请选择服务账号。',
        },
      },
    },
  ],
  models: [],
  takesKeys: true,
  credentials: [
    {
      when: { option: 'auth', in: ['service-account'] },
      fields: [
        {
          name: 'serviceAccount',
          label: { en: 'Service account key (JSON)', 'zh-CN': '服务账号密钥（JSON）' },
          kind: 'json',
          placeholder: '{ "type": "service_account", "project_id": …',
        },
      ],
    },
    {
      when: { option: 'auth', in: ['express'] },
      fields: [
        { name: 'apiKey', label: { en: 'Express mode key', 'zh-CN': 'Express 模式密钥' }, kind: 'secret' },
      ],
    },
  ],
  keyPage: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
  options: [
    {
      name: 'auth',
      label: { en: 'Authentication', 'zh-CN': '认证方式' },
      help: {
        en: 'The project is read from the service account’s key. Express mode has none.',
        'zh-CN': '项目从服务账号密钥中读取；Express 模式不含项目。',
      },
      kind: 'select',
      choices: [
        { value: 'service-account', label: { en: 'Service account', 'zh-CN': '服务账号' } },
        { value: 'express', label: { en: 'Express mode', 'zh-CN': 'Express 模式' } },
      ],
      default: 'service-account',
      required: true,
    },
    {
      name: 'region',
      label: { en: 'Region', 'zh-CN': '地域' },
      help: { en: 'Such as us-central1, or global.', 'zh-CN': '例如 us-central1，或 global。' },
      kind: 'text',
      default: 'global',
      required: true,
      pattern: {
        source: 'global|[a-z]+-[a-z]+\\d{1,2}',
        message: {
          en: 'Write a region such as us-central1, or global.',
          'zh-CN': '请填写地域，例如 us-central1，或 global。',
        },
      },
      when: { option: 'auth', in: ['service-account'] },
    },
    {
      name: 'publisher',
      label: { en: 'Publisher of the models', 'zh-CN': '模型发布方' },
      help: {
        en: 'A service asks the models of one publisher. Claude is asked in Anthropic’s protocol, through the native protocol only.',
        'zh-CN': '一个服务仅调用一个发布方的模型。Claude 以 Anthropic 协议调用，且仅支持原生协议。',
      },
      kind: 'select',
      choices: [
        { value: 'google', label: { en: 'Google (Gemini)', 'zh-CN': 'Google（Gemini）' } },
        { value: 'anthropic', label: { en: 'Anthropic (Claude)', 'zh-CN': 'Anthropic（Claude）' } },
      ],
      default: 'google',
      required: true,
      when: { option: 'auth', in: ['service-account'] },
    },
    {
      name: 'refreshEarly',
      label: { en: 'Refresh tokens early (s)', 'zh-CN': '提前刷新令牌（秒）' },
      help: {
        en: 'How long before its end an access token is exchanged for a new one.',
        'zh-CN': '访问令牌到期前多久换取新令牌。',
      },
      kind: 'text',
      default: '60',
      pattern: {
        source: '\\d{1,4}',
        message: { en: 'Write seconds from 0 to 9999.', 'zh-CN': '请填写 0 到 9999 之间的秒数。' },
      },
      when: { option: 'auth', in: ['service-account'] },
    },
  ],
  baseUrlHints: [
    {
      pattern: '/(v1|v1beta1)(/.*)?$',
      message: {
        en: 'Paste the base, not the path: the address ends before /v1.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /v1 之前。',
      },
    },
  ],
  listsModels: true,
} as const satisfies ProviderManifestSource
