import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { baichuanManifest } from './manifest.ts'

export const baichuan = createOpenAiProvider(baichuanManifest, {
  formats: ['openai-chat', 'openai-embeddings'],
  listsModels: false,
})
