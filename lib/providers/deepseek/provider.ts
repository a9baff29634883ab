import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { deepSeekManifest } from './manifest.ts'

export const deepSeek = createOpenAiProvider(deepSeekManifest, {
  formats: ['openai-chat'],
  anthropic: [{ openai: '/v1', anthropic: '/anthropic' }],
  listsModels: true,
})
