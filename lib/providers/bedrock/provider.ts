import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import { anthropicOrBearer } from '@/lib/providers/anthropic-or-bearer.ts'
import { readKeyFields } from '@/lib/providers/key-fields.ts'
import { bearerCredential } from '@/lib/providers/openai-compatible/bearer-credential.ts'
import { anthropicRoute, prepareOpenAi } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { explainFailure } from '@/lib/providers/openai-compatible/explain-failure.ts'
import { namesIn, openAiModelList } from '@/lib/providers/openai-compatible/model-list.ts'
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
} from '@/lib/providers/provider.ts'
import { bedrockManifest } from './manifest.ts'
import { SigV4Credential } from './sigv4.ts'

/** Amazon Bedrock: Converse and OpenAI's chat of Runtime, or Anthropic's Messages of Mantle. */
export const bedrock: Provider = {
  manifest: providerManifest.parse(bedrockManifest),
  prepare(settings, tools) {
    const { endpoint, region } = settings.options
    if (region === undefined || region === '') {
      throw new ProviderSettingsError('options.region', 'Write the AWS region, such as us-east-1.')
    }
    return {
      ...(endpoint === 'mantle' ? prepareMantle(settings) : prepareRuntime(settings)),
      credential: (secret) => credentialOf(secret, settings, region, tools),
      explain: (failure) => explainFailure(failure, explanations),
    }
  },
}

type Prepared = Pick<PreparedProvider, 'routes' | 'relay' | 'models'>

function prepareRuntime(settings: ProviderSettings): Prepared {
  const base = parseServiceBase(settings.baseUrl)
  if (settings.protocol === 'openai') {
    const baseUrl = base.path === '' ? `${base.origin}/openai/v1` : settings.baseUrl
    const openAi = prepareOpenAi({ ...settings, baseUrl }, { formats: ['openai-chat'], listsModels: false })
    return { ...openAi, relay: null, models: foundationModels(base) }
  }
  refusePath(base, /\/(model(\/.*)?|openai(\/v1)?)$/)
  return { routes: [converseRoute(base)], relay: null, models: foundationModels(base) }
}

function prepareMantle(settings: ProviderSettings): Prepared {
  if (settings.protocol === 'openai') {
    throw new ProviderSettingsError(
      'protocol',
      'Mantle is asked in Anthropic’s protocol only. Choose the native protocol, or the endpoint mode Runtime.',
    )
  }
  const base = parseServiceBase(settings.baseUrl)
  refusePath(base, /\/(anthropic(\/v1)?(\/messages)?|v1)$/)
  const models = openAiModelList(base.origin, `${base.path}/v1/models`)
  return {
    routes: [anthropicRoute({ ...base, path: `${base.path}/anthropic` })],
    relay: null,
    models: { ...models, read: (body) => models.read(body).filter((id) => id.startsWith('anthropic.')) },
  }
}

function refusePath({ path }: ServiceBase, pattern: RegExp): void {
  const found = pattern.exec(path)?.[0]
  if (found === undefined) return
  throw new ProviderSettingsError('baseUrl', `Paste the base, not the path: leave out ${found}.`)
}

const noHeaders: readonly string[] = []
const eventStream = ['accept', 'application/vnd.amazon.eventstream']

/** The model is one segment of the path, ARNs included: their colons and slashes are escaped. */
function converseRoute(base: ServiceBase): ProviderRoute {
  return {
    format: 'bedrock-converse',
    origin: base.origin,
    path: ({ model, stream }) =>
      `${base.path}/model/${encodeURIComponent(model)}/${stream ? 'converse-stream' : 'converse'}`,
    headers: ({ stream }) => (stream ? eventStream : noHeaders),
    prepareBody: null,
  }
}

/** ListFoundationModels is of the control plane, whose host has no `-runtime`. */
function foundationModels({ origin, path }: ServiceBase): ModelList {
  return {
    origin: origin.replace(/\/\/bedrock-runtime(-fips)?\./, '//bedrock$1.'),
    path: `${path.replace(/\/openai\/v1$/, '')}/foundation-models?byOutputModality=TEXT`,
    headers: ['accept', 'application/json'],
    read: (body) => namesIn(body['modelSummaries'], 'modelId'),
  }
}

function credentialOf(
  secret: string,
  { options }: ProviderSettings,
  region: string,
  tools: ProviderTools,
): Credential {
  const isMantle = options['endpoint'] === 'mantle'
  if (options['auth'] === 'access-key') {
    const key = readKeyFields(secret, ['accessKeyId', 'secretAccessKey'], ['sessionToken'])
    const service = isMantle ? 'bedrock-mantle' : 'bedrock'
    return new SigV4Credential(key, { region, service }, () => tools.now())
  }
  if (secret.startsWith('{')) {
    throw new ProviderSettingsError(
      'apiKeys',
      'This is no Bedrock API key. For an access key, choose the authentication by access key.',
    )
  }
  return isMantle ? anthropicOrBearer(secret) : bearerCredential(secret)
}

const explanations = {
  AccessDeniedException:
    'AWS refuses the key for this. Check its policy, and that access to the model is granted in this region.',
  UnrecognizedClientException: 'AWS does not know the access key. Check its ID and that it is active.',
  InvalidSignatureException:
    'AWS refuses the signature. Check the secret access key, and that the node’s clock is right.',
  ExpiredTokenException: 'The session token has expired. Write a new one, or use a lasting access key.',
  ResourceNotFoundException: 'AWS does not know the model in this region. Check its ID and the region.',
  ThrottlingException: 'AWS limits how often the model may be asked. Ask for a higher quota, or add keys.',
  ServiceQuotaExceededException: 'The account’s quota at AWS is used up. Ask for a higher one.',
  ModelNotReadyException: 'The model is being made ready. Try again in a moment.',
  ModelTimeoutException: 'The model took too long. Ask for less at once.',
}
