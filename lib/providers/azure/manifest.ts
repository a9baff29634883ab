import { apiKeyForm } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const azureManifest: ProviderManifestSource = {
  id: 'azure',
  kind: 'model',
  name: { en: 'Azure OpenAI', 'zh-CN': 'Azure OpenAI' },
  aliases: ['azure', 'microsoft', '微软', 'azure ai foundry'],
  monogram: 'AZ',
  protocols: [
    {
      id: 'openai',
      baseUrl: 'https://{endpoint}?api-version={apiVersion}',
      formats: ['openai-chat', 'openai-completions', 'openai-embeddings'],
    },
  ],
  models: ['gpt-3', 'gpt-35-turbo', 'gpt-4', 'gpt-4o', 'gpt-4o-mini'],
  takesKeys: true,
  credentials: [apiKeyForm('')],
  keyPage: 'https://portal.azure.com',
  options: [
    {
      name: 'endpoint',
      label: { en: 'Resource endpoint', 'zh-CN': '资源终结点' },
      help: {
        en: 'The host name alone: my-resource.openai.azure.com.',
        'zh-CN': '仅填写主机名：my-resource.openai.azure.com。',
      },
      kind: 'text',
      pattern: {
        source: '[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?',
        message: {
          en: 'Write the host name alone, such as my-resource.openai.azure.com.',
          'zh-CN': '请仅填写主机名，例如 my-resource.openai.azure.com。',
        },
      },
    },
    {
      name: 'apiVersion',
      label: { en: 'API version', 'zh-CN': 'API 版本' },
      help: {
        en: 'Used where the service URL has no api-version. Streams tell their tokens from 2024-09-01-preview on.',
        'zh-CN': '服务地址中没有 api-version 时使用。自 2024-09-01-preview 起，流式响应才会返回 Token 用量。',
      },
      kind: 'text',
      default: '2024-10-21',
      pattern: {
        source: '\\d{4}-\\d{2}-\\d{2}(?:-preview)?|preview|latest|v1',
        message: {
          en: 'Write a version such as 2024-10-21 or 2025-04-01-preview.',
          'zh-CN': '请填写版本号，例如 2024-10-21 或 2025-04-01-preview。',
        },
      },
    },
    {
      name: 'deployment',
      label: { en: 'Deployment', 'zh-CN': '部署' },
      help: {
        en: 'Leave empty to ask for the deployment that has the model’s name.',
        'zh-CN': '留空则使用与模型同名的部署。',
      },
      kind: 'text',
      pattern: {
        source: '[A-Za-z0-9._-]{1,64}',
        message: {
          en: 'Letters, digits, . _ and -, at most 64.',
          'zh-CN': '可用字母、数字以及 . _ -，最多 64 个字符。',
        },
      },
    },
  ],
  baseUrlHints: [
    {
      pattern: '^(?!.*[?&]api-version=)(?!.*/openai/v1/?$)',
      message: {
        en: 'Azure needs an api-version: add ?api-version=2024-10-21, or the version of your deployment.',
        'zh-CN': 'Azure 需要 api-version：请添加 ?api-version=2024-10-21，或您的部署所用的版本。',
      },
    },
  ],
  listsModels: true,
}
