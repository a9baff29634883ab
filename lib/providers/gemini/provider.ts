import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { type OpenAiTraits, prepareOpenAi } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { namesIn } from '@/lib/providers/openai-compatible/model-list.ts'
import type { PreparedProvider, Provider, ProviderSettings } from '@/lib/providers/provider.ts'
import { geminiManifest } from './manifest.ts'
import { prepareNativeGemini } from './native-gemini.ts'

export const gemini: Provider = { manifest: providerManifest.parse(geminiManifest), prepare }

const explanations = {
  API_KEY_INVALID:
    'Google refuses the key. Check that it is whole, and that it was made in Google AI Studio.',
  SERVICE_DISABLED: 'The key’s project may not use the Gemini API. Enable it in the Google Cloud console.',
  FAILED_PRECONDITION:
    'Google does not serve the API to this region without billing. Enable billing for the project.',
  RESOURCE_EXHAUSTED:
    'The project’s quota is used up for now. Wait, add keys of other projects, or raise its tier.',
}

const compatible: OpenAiTraits = {
  formats: ['openai-chat', 'openai-embeddings'],
  listsModels: true,
  explanations,
}

function prepare(settings: ProviderSettings): PreparedProvider {
  if (settings.protocol === 'native') {
    return { ...prepareNativeGemini(settings), explain: (failure) => explainFailure(failure, explanations) }
  }
  const prepared = prepareOpenAi(settings, compatible)
  // Its list names models as the native protocol does: models/gemini-….
  const models = prepared.models && {
    ...prepared.models,
    read: (body: Parameters<typeof prepared.models.read>[0]) =>
      namesIn(body['data'], 'id').map((name) => name.replace(/^models\//, '')),
  }
  return { ...prepared, models }
}
