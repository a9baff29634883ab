import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { zhipuManifest } from './manifest.ts'

export const zhipu = createOpenAiProvider(zhipuManifest, {
  formats: ['openai-chat', 'openai-embeddings'],
  anthropic: [
    { openai: '/api/coding/paas/v4', anthropic: '/api/anthropic' },
    { openai: '/api/paas/v4', anthropic: '/api/anthropic' },
  ],
  listsModels: false,
  explanations: {
    '1113': 'The account has no credit left. Top it up in the console of Zhipu.',
    '1211': 'Zhipu does not know the model. Check its name.',
    '1301': 'The provider’s content filter stopped this. Its rules are set with the provider.',
    '1302': 'Too many calls at once for this key. Add keys, or ask Zhipu for a higher limit.',
  },
})
