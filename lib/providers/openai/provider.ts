import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { openAiManifest } from './manifest.ts'

export const openAi = createOpenAiProvider(openAiManifest, {
  formats: ['openai-chat', 'openai-completions', 'openai-embeddings'],
  listsModels: true,
  explanations: {
    insufficient_quota: 'The account has no credit left. Add credit in the billing settings of OpenAI.',
    model_not_found:
      'The model does not exist, or the key’s project may not use it. Choose another model or allow it in the project.',
    unsupported_country_region_territory:
      'OpenAI refuses calls from this region. Use an address in a region that it serves.',
  },
})
