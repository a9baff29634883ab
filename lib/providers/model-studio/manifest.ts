import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

const compatible = '/compatible-mode/v1'

/** https://www.alibabacloud.com/help/en/model-studio/base-url */
const hosts = {
  'cn-beijing': 'https://dashscope.aliyuncs.com',
  'ap-southeast-1': 'https://dashscope-intl.aliyuncs.com',
  'us-east-1': 'https://dashscope-us.aliyuncs.com',
  'cn-hongkong': 'https://cn-hongkong.dashscope.aliyuncs.com',
}

function inRegions(path: string) {
  return Object.entries(hosts).map(([region, host]) => ({
    when: { option: 'region', in: [region] },
    baseUrl: host + path,
  }))
}

export const modelStudioManifest: ProviderManifestSource = {
  id: 'model-studio',
  kind: 'model',
  name: { en: 'Alibaba Cloud Model Studio', 'zh-CN': '阿里云百炼' },
  aliases: ['qwen', 'tongyi', 'dashscope', 'bailian', '通义千问', '百炼', '灵积', '阿里云'],
  monogram: 'QW',
  protocols: [
    {
      id: 'openai',
      baseUrl: hosts['cn-beijing'] + compatible,
      baseUrls: inRegions(compatible),
      formats: ['openai-chat', 'openai-completions', 'openai-embeddings', 'anthropic-messages'],
    },
    {
      id: 'native',
      baseUrl: hosts['cn-beijing'],
      baseUrls: inRegions(''),
      formats: ['dashscope', 'dashscope-embeddings', 'anthropic-messages'],
    },
  ],
  models: [
    'qwen-max',
    'qwen-plus',
    'qwen-turbo',
    'qwen-long',
    'qwen-vl-max',
    'qwen-vl-plus',
    'qwen-vl-ocr',
    'deepseek-r1',
    'deepseek-v3',
  ],
  takesKeys: true,
  credentials: [apiKeyForm('sk-…')],
  keyPage: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
  options: [
    {
      name: 'region',
      label: { en: 'Region', 'zh-CN': '地域' },
      help: {
        en: 'Keys belong to a region. Addresses of a workspace of its own are written by hand.',
        'zh-CN': 'API Key 按地域区分。业务空间专属域名请手动填写。',
      },
      kind: 'select',
      choices: [
        { value: 'cn-beijing', label: { en: 'China (Beijing)', 'zh-CN': '华北2（北京）' } },
        { value: 'ap-southeast-1', label: { en: 'Singapore', 'zh-CN': '新加坡' } },
        { value: 'us-east-1', label: { en: 'US (Virginia)', 'zh-CN': '美国（弗吉尼亚）' } },
        { value: 'cn-hongkong', label: { en: 'China (Hong Kong)', 'zh-CN': '中国香港' } },
      ],
      default: 'cn-beijing',
    },
  ],
  baseUrlHints: [
    pastedPathHint,
    {
      pattern: '/services/aigc/',
      message: {
        en: 'Paste the base, not the path: the native protocol needs the host alone.',
        'zh-CN': '请粘贴基础地址，不含路径：原生协议只需填写主机。',
      },
    },
  ],
  listsModels: true,
}
