import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const stepFunManifest: ProviderManifestSource = {
  id: 'stepfun',
  kind: 'model',
  name: { en: 'StepFun', 'zh-CN': '阶跃星辰' },
  aliases: ['阶跃星辰', '阶跃', 'step'],
  monogram: 'ST',
  protocols: [
    { id: 'openai', baseUrl: 'https://api.stepfun.com', formats: ['openai-chat', 'anthropic-messages'] },
  ],
  models: ['step-1-8k', 'step-1-32k', 'step-1-128k', 'step-1-256k', 'step-2-16k', 'step-1-flash'],
  takesKeys: true,
  credentials: [apiKeyForm('')],
  keyPage: 'https://platform.stepfun.com/interface-key',
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: true,
}
