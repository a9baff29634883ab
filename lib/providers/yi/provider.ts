import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { yiManifest } from './manifest.ts'

export const yi = createOpenAiProvider(yiManifest, {
  formats: ['openai-chat'],
  listsModels: true,
})
