import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { moonshotManifest } from './manifest.ts'

export const moonshot = createOpenAiProvider(moonshotManifest, {
  formats: ['openai-chat'],
  anthropic: [{ openai: '/v1', anthropic: '/anthropic' }],
  listsModels: true,
  explanations: {
    authentication:
      'Moonshot refuses the key. Keys of platform.moonshot.cn and platform.moonshot.ai are not interchangeable: check which one the base URL belongs to.',
    quota: 'The account has no credit left. Top it up in the console of Moonshot.',
  },
})
