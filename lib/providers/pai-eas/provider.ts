import {
  bearerCredential,
  headerCredential,
  refuseUnsendable,
} from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { paiEasManifest } from './manifest.ts'

/** Address and token are an inference service's: whoever prepares the settings has filled them in. */
export const paiEas = createOpenAiProvider(paiEasManifest, {
  formats: ['openai-chat', 'openai-completions', 'openai-embeddings'],
  version: 'always',
  listsModels: true,
  credential: (secret, { options }) => {
    if (options['authorization'] === 'bearer') return bearerCredential(secret)
    refuseUnsendable(secret)
    return headerCredential('authorization', secret)
  },
})
