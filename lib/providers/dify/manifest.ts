import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const difyManifest = {
  id: 'dify',
  kind: 'agent',
  name: { en: 'Dify', 'zh-CN': 'Dify' },
  aliases: ['workflow', 'chatflow', '工作流', '智能体'],
  monogram: 'DI',
  protocols: [{ id: 'native', baseUrl: 'https://api.dify.ai/v1', formats: ['dify-chat', 'dify-workflow'] }],
  models: [],
  takesKeys: true,
  credentials: [
    {
      fields: [
        {
          name: 'apiKey',
          label: { en: 'API key of the application', 'zh-CN': '应用的 API Key' },
          kind: 'secret',
          placeholder: 'app-…',
        },
      ],
      prefix: 'app-',
    },
  ],
  keyPage: null,
  options: [
    {
      name: 'application',
      label: { en: 'Application type', 'zh-CN': '应用类型' },
      help: {
        en: 'Agent: chat assistants, agents and chatflows. Agents answer streams only.',
        'zh-CN': 'Agent：聊天助手、智能体与 Chatflow；智能体仅支持流式应答。',
      },
      kind: 'select',
      choices: [
        { value: 'agent', label: { en: 'Agent', 'zh-CN': 'Agent' } },
        { value: 'workflow', label: { en: 'Workflow', 'zh-CN': 'Workflow' } },
      ],
      default: 'agent',
      required: true,
    },
    {
      name: 'inputVariable',
      label: { en: 'Input variable', 'zh-CN': '输入变量' },
      help: {
        en: 'The variable of the workflow’s start node that takes what is asked.',
        'zh-CN': '工作流开始节点中接收提问内容的变量。',
      },
      kind: 'text',
      default: 'query',
      required: true,
      pattern: {
        source: '[A-Za-z_][A-Za-z0-9_]{0,29}',
        message: {
          en: 'Start with a letter or _; then letters, digits and _, at most 30 in all.',
          'zh-CN': '以字母或 _ 开头，仅含字母、数字和 _，最多 30 个字符。',
        },
      },
      when: { option: 'application', in: ['workflow'] },
    },
  ],
  baseUrlHints: [
    {
      pattern: '/(chat-messages|workflows/run)/*$',
      message: {
        en: 'Paste the base, not the path: the address ends with /v1.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应以 /v1 结尾。',
      },
    },
  ],
  listsModels: false,
} as const satisfies ProviderManifestSource
