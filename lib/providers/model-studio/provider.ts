import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { bearerCredential } from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { type OpenAiTraits, prepareOpenAi } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { parseServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import type { PreparedProvider, Provider, ProviderRelay, ProviderSettings } from '@/lib/providers/provider.ts'
import { modelStudioManifest } from './manifest.ts'
import { prepareNativeModelStudio } from './native-model-studio.ts'

export const modelStudio: Provider = { manifest: providerManifest.parse(modelStudioManifest), prepare }

const wrongKey =
  'Model Studio refuses the key. Keys belong to a region and a plan: check that the base URL is of the same ones.'
const notActivated =
  'The key’s workspace may not use this model. Activate the model in the console of Model Studio.'

const explanations = {
  invalid_api_key: wrongKey,
  InvalidApiKey: wrongKey,
  Arrearage: 'The account has overdue payments. Pay them in the console of Alibaba Cloud.',
  'AllocationQuota.FreeTierOnly':
    'The free quota of this model is used up. Allow paid use in the console of Model Studio.',
  'Model.AccessDenied': notActivated,
  'AccessDenied.Unpurchased': notActivated,
}

const compatible: OpenAiTraits = {
  formats: ['openai-chat', 'openai-completions', 'openai-embeddings'],
  anthropic: [{ openai: '/compatible-mode/v1', anthropic: '/apps/anthropic' }],
  listsModels: true,
  explanations,
}

function prepare(settings: ProviderSettings): PreparedProvider {
  if (settings.protocol === 'openai') {
    const prepared = prepareOpenAi(settings, compatible)
    const native = nativeRelay(settings.baseUrl)
    return native === null ? prepared : { ...prepared, modelStudioRelay: native }
  }
  return {
    ...prepareNativeModelStudio(settings.baseUrl),
    credential: bearerCredential,
    explain: (failure) => explainFailure(failure, explanations),
  }
}

/** Beside the compatible address. Null: the base is another one, and the native address would be a guess. */
function nativeRelay(baseUrl: string): ProviderRelay | null {
  const { origin, path } = parseServiceBase(baseUrl)
  const [, start = null] = /^(.*)\/compatible-mode\/v1$/.exec(path) ?? []
  return start === null ? null : { origin, path: (asCalled) => start + asCalled }
}
