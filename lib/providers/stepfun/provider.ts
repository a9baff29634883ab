import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { stepFunManifest } from './manifest.ts'

export const stepFun = createOpenAiProvider(stepFunManifest, {
  formats: ['openai-chat'],
  anthropic: [{ openai: '/v1', anthropic: '' }],
  listsModels: true,
  version: 'always',
})
