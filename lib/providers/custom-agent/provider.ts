import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { customAgentManifest } from './manifest.ts'

/** An agent of one's own, which is asked in OpenAI's chat protocol. */
export const customAgent = createOpenAiProvider(customAgentManifest, {
  formats: ['openai-chat'],
  listsModels: false,
})
