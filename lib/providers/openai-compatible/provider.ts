import { createOpenAiProvider } from './create-openai-provider.ts'
import { openAiCompatibleManifest } from './manifest.ts'

export const openAiCompatible = createOpenAiProvider(openAiCompatibleManifest, {
  formats: ['openai-chat', 'openai-completions', 'openai-embeddings'],
  listsModels: true,
})
