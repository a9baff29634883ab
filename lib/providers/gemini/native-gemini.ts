import { headerCredential, refuseUnsendable } from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { namesIn } from '@/lib/providers/openai-compatible/model-list.ts'
import { parseServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import {
  type PreparedProvider,
  type ProviderSettings,
  ProviderSettingsError,
  type RouteCall,
} from '@/lib/providers/provider.ts'

const versionAtEnd = /\/v\d+(?:(?:alpha|beta)\d*)?$/
const modelsPrefix = /^models\//

/** https://ai.google.dev/api/generate-content: the model and the wish to stream are in the path. */
export function prepareNativeGemini(settings: ProviderSettings): Omit<PreparedProvider, 'explain'> {
  const { origin, path } = parseServiceBase(settings.baseUrl)
  if (path.includes(':') || path.endsWith('/openai')) {
    throw new ProviderSettingsError(
      'baseUrl',
      'Write the base of the native protocol, https://generativelanguage.googleapis.com.',
    )
  }
  const models = `${versionAtEnd.test(path) ? path : `${path}/v1beta`}/models`
  const at = ({ model }: RouteCall, method: string) =>
    `${models}/${encodeURIComponent(model.replace(modelsPrefix, ''))}:${method}`
  return {
    routes: [
      {
        format: 'gemini',
        origin,
        path: (call) => at(call, call.stream ? 'streamGenerateContent?alt=sse' : 'generateContent'),
        headers: () => [],
        prepareBody: null,
      },
      {
        format: 'gemini-embeddings',
        origin,
        path: (call) => at(call, 'batchEmbedContents'),
        headers: () => [],
        prepareBody: null,
      },
    ],
    relay: null,
    models: {
      origin,
      path: `${models}?pageSize=1000`,
      headers: ['accept', 'application/json'],
      read: (body) => namesIn(body['models'], 'name').map((name) => name.replace(modelsPrefix, '')),
    },
    credential: (secret) => {
      refuseUnsendable(secret)
      return headerCredential('x-goog-api-key', secret)
    },
  }
}
