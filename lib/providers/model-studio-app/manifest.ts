import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const modelStudioAppManifest = {
  id: 'model-studio-app',
  kind: 'agent',
  name: { en: 'Model Studio application', 'zh-CN': '百炼应用' },
  aliases: ['alibaba', 'bailian', 'dashscope', '阿里云百炼', '百炼', '智能体'],
  monogram: 'MA',
  protocols: [
    {
      id: 'native',
      baseUrl: 'https://dashscope.aliyuncs.com/api/v1',
      baseUrls: [
        {
          when: { option: 'region', in: ['ap-southeast-1'] },
          baseUrl: 'https://dashscope-intl.aliyuncs.com/api/v1',
        },
        {
          when: { option: 'region', in: ['workspace'] },
          baseUrl: 'https://{workspaceId}.{workspaceRegion}.maas.aliyuncs.com/api/v1',
        },
      ],
      formats: ['model-studio-app'],
    },
  ],
  models: [],
  takesKeys: true,
  credentials: [
    {
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
  keyPage: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
  options: [
    {
      name: 'appId',
      label: { en: 'Application ID', 'zh-CN': '应用 ID' },
      kind: 'text',
      required: true,
      pattern: {
        source: '[A-Za-z0-9_-]{1,64}',
        message: {
          en: 'Write the application’s ID as Model Studio shows it.',
          'zh-CN': '请填写百炼控制台显示的应用 ID。',
        },
      },
    },
    {
      name: 'region',
      label: { en: 'Region', 'zh-CN': '地域' },
      kind: 'select',
      choices: [
        { value: 'cn-beijing', label: { en: 'China (Beijing)', 'zh-CN': '华北 2（北京）' } },
        { value: 'ap-southeast-1', label: { en: 'Singapore', 'zh-CN': '新加坡' } },
        { value: 'workspace', label: { en: 'A workspace’s own domain', 'zh-CN': '业务空间专属域名' } },
      ],
      default: 'cn-beijing',
      required: true,
    },
    {
      name: 'workspaceId',
      label: { en: 'Workspace ID', 'zh-CN': '业务空间 ID' },
      kind: 'text',
      required: true,
      pattern: {
        source: '[A-Za-z0-9-]{1,63}',
        message: { en: 'Write the ID, such as ws-1a2b3c.', 'zh-CN': '请填写 ID，例如 ws-1a2b3c。' },
      },
      when: { option: 'region', in: ['workspace'] },
    },
    {
      name: 'workspaceRegion',
      label: { en: 'Region of the workspace', 'zh-CN': '业务空间所在地域' },
      kind: 'text',
      default: 'cn-beijing',
      required: true,
      pattern: {
        source: '[a-z]{2}-[a-z]+(-\\d)?',
        message: { en: 'Write a region such as cn-beijing.', 'zh-CN': '请填写地域，例如 cn-beijing。' },
      },
      when: { option: 'region', in: ['workspace'] },
    },
  ],
  baseUrlHints: [
    {
      pattern: '/apps(/.*)?$',
      message: {
        en: 'Paste the base, not the path: the address ends before /apps.',
        'zh-CN': '请粘贴基础地址，不含路径：地址应止于 /apps 之前。',
      },
    },
  ],
  listsModels: false,
} as const satisfies ProviderManifestSource
