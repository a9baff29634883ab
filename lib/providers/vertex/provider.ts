import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { headerCredential, refuseUnsendable } from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { namesIn } from '@/lib/providers/openai-compatible/model-list.ts'
import { parseServiceBase, type ServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import {
  type Credential,
  type ModelList,
  type PreparedProvider,
  type Provider,
  type ProviderRoute,
  type ProviderSettings,
  ProviderSettingsError,
  type ProviderTools,
  type RouteCall,
} from '@/lib/providers/provider.ts'
import { GoogleTokenCredential, projectPlaceholder } from './google-token.ts'
import { vertexManifest } from './manifest.ts'
import { readServiceAccount } from './service-account.ts'

/** Google's Vertex AI: by a service account, with a project and a region in the path, or by an Express mode key. */
export const vertex: Provider = {
  manifest: providerManifest.parse(vertexManifest),
  prepare(settings, tools) {
    const base = parseServiceBase(settings.baseUrl)
    const pasted = /\/v1(beta1)?(\/.*)?$/.exec(base.path)?.[0]
    if (pasted !== undefined) {
      throw new ProviderSettingsError('baseUrl', `Paste the base, not the path: leave out ${pasted}.`)
    }
    return settings.options['auth'] === 'express'
      ? prepareExpress(settings, base)
      : prepareProject(settings, base, tools)
  },
}

const noHeaders: readonly string[] = []

function prepareExpress({ protocol }: ProviderSettings, base: ServiceBase): PreparedProvider {
  if (protocol === 'openai') {
    throw new ProviderSettingsError(
      'protocol',
      'Google’s OpenAI endpoint takes no Express mode keys. Choose the native protocol, or a service account.',
    )
  }
  return {
    routes: [geminiRoute(base, '/v1')],
    relay: null,
    models: null,
    credential: expressCredential,
    explain: (failure) => explainFailure(failure, explanations),
  }
}

function prepareProject(
  { protocol, options }: ProviderSettings,
  base: ServiceBase,
  tools: ProviderTools,
): PreparedProvider {
  const region = options['region'] ?? ''
  if (region === '') {
    throw new ProviderSettingsError('options.region', 'Write the region, such as us-central1 or global.')
  }
  const place = `projects/${projectPlaceholder}/locations/${region}`
  const earlySeconds = Number(options['refreshEarly'] ?? 60)
  const isAnthropic = options['publisher'] === 'anthropic'
  return {
    routes: [routeOf(protocol, isAnthropic, base, place)],
    relay: null,
    models: publisherModels(base, isAnthropic ? 'anthropic' : 'google'),
    credential: (secret) => new GoogleTokenCredential(readServiceAccount(secret), tools, earlySeconds),
    explain: (failure) => explainFailure(failure, explanations),
  }
}

function routeOf(
  protocol: ProviderSettings['protocol'],
  isAnthropic: boolean,
  base: ServiceBase,
  place: string,
): ProviderRoute {
  if (protocol === 'native') {
    return isAnthropic ? rawPredictRoute(base, `/v1/${place}`) : geminiRoute(base, `/v1/${place}`)
  }
  if (!isAnthropic) return openAiRoute(base, `/v1beta1/${place}`)
  throw new ProviderSettingsError(
    'protocol',
    'Google answers Claude in Anthropic’s protocol only. Choose the native protocol.',
  )
}

function geminiRoute({ origin, path }: ServiceBase, place: string): ProviderRoute {
  return {
    format: 'gemini',
    origin,
    path: ({ model, stream }) => {
      const operation = stream ? 'streamGenerateContent?alt=sse' : 'generateContent'
      return `${path}${place}/publishers/google/models/${modelSegment(model, 'google/')}:${operation}`
    },
    headers: () => noHeaders,
    prepareBody: null,
  }
}

/** Anthropic's Messages, with the model in the path and the version in the body. */
function rawPredictRoute({ origin, path }: ServiceBase, place: string): ProviderRoute {
  return {
    format: 'anthropic-messages',
    origin,
    path: ({ model, stream }) => {
      const operation = stream ? 'streamRawPredict' : 'rawPredict'
      return `${path}${place}/publishers/anthropic/models/${modelSegment(model, 'anthropic/')}:${operation}`
    },
    headers: () => noHeaders,
    prepareBody: ({ body }) => {
      delete body['model']
      body['anthropic_version'] = 'vertex-2023-10-16'
    },
  }
}

function openAiRoute({ origin, path }: ServiceBase, place: string): ProviderRoute {
  return {
    format: 'openai-chat',
    origin,
    path: () => `${path}${place}/endpoints/openapi/chat/completions`,
    headers: () => noHeaders,
    prepareBody: namePublisher,
  }
}

/** Models are named with their publisher here: `google/gemini-2.5-flash`. */
function namePublisher({ model, body }: RouteCall): void {
  body['model'] = model.includes('/') ? model : `google/${model}`
}

function modelSegment(model: string, prefix: string): string {
  return encodeURIComponent(model.startsWith(prefix) ? model.slice(prefix.length) : model)
}

function publisherModels({ origin, path }: ServiceBase, publisher: string): ModelList {
  return {
    origin,
    path: `${path}/v1beta1/publishers/${publisher}/models?pageSize=200`,
    headers: ['accept', 'application/json'],
    read: (body) =>
      namesIn(body['publisherModels'], 'name').map((name) => name.slice(name.lastIndexOf('/') + 1)),
  }
}

function expressCredential(secret: string): Credential {
  if (secret.startsWith('{')) {
    throw new ProviderSettingsError(
      'apiKeys',
      'This is no Express mode key. For a service account, choose the authentication by service account.',
    )
  }
  refuseUnsendable(secret)
  return headerCredential('x-goog-api-key', secret)
}

const explanations = {
  PERMISSION_DENIED:
    'Google refuses this to the key’s account. Grant it the role Vertex AI User, and enable the Vertex AI API in its project.',
  NOT_FOUND: 'Google does not know the model in this region. Check its name, its publisher and the region.',
  RESOURCE_EXHAUSTED: 'The project’s quota for the model is used up. Ask Google for more, or add a key.',
}
