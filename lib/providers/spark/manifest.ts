import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const sparkManifest: ProviderManifestSource = {
  id: 'spark',
  kind: 'model',
  name: { en: 'Spark', 'zh-CN': '讯飞星火' },
  aliases: ['讯飞', '星火', '科大讯飞', 'iflytek', 'xinghuo'],
  monogram: 'SP',
  protocols: [{ id: 'openai', baseUrl: 'https://spark-api-open.xf-yun.com', formats: ['openai-chat'] }],
  models: ['lite', 'generalv3', 'pro-128k', 'generalv3.5', 'max-32k', '4.0Ultra'],
  takesKeys: true,
  credentials: [apiKeyForm('APIPassword')],
  keyPage: 'https://console.xfyun.cn/services/bm35',
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: false,
}
