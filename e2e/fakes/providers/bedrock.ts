import {
  bearerOf,
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  type FakeService,
  type ProviderFake,
} from './provider-fake.ts'
import { anthropicMessages } from './shapes/anthropic-messages.ts'
import { awsRefusal, converse } from './shapes/bedrock-converse.ts'
import { openAiChat } from './shapes/openai-chat.ts'
import { openAiRefusal } from './shapes/openai-refusal.ts'
import { openAiModels } from './shapes/openai-rest.ts'
import { type AwsAccount, sigV4Fault } from './verify-sigv4.ts'

const region = 'eu-west-3'
export const bedrockArn =
  'arn:aws:bedrock:eu-west-3:123456789012:inference-profile/eu.anthropic.claude-3-5-sonnet-20240620-v1:0'
const models = ['anthropic.claude-3-5-sonnet-20240620-v1:0', 'openai.gpt-oss-20b-1:0', bedrockArn]
const mantleModel = 'anthropic.claude-haiku-4-5'

/** A signature where there is one, checked as AWS does; else an API key of Bedrock. */
function authorizer(service: string, apiKeyOf: (call: FakeCall) => string | null) {
  return (call: FakeCall): boolean => {
    if (!call.headers.authorization?.startsWith('AWS4-')) return call.keys.includes(apiKeyOf(call) ?? '')
    const fault = sigV4Fault(call, accountsOf(call.keys), { region, service, now: Date.now() })
    if (fault !== null) throw new FakeRefusal('key', fault)
    return true
  }
}

function accountsOf(keys: readonly string[]): readonly AwsAccount[] {
  return keys.filter((key) => key.startsWith('{')).map((key): AwsAccount => JSON.parse(key))
}

const onRuntime = authorizer('bedrock', bearerOf)
const onMantle = authorizer('bedrock-mantle', bearerOf)
const onMantleMessages = authorizer('bedrock-mantle', ({ headers }) => String(headers['x-api-key'] ?? ''))

const foundationModels: FakeOperation = {
  method: 'GET',
  path: /^\/foundation-models$/,
  isAuthorized: onRuntime,
  answer: ({ url }) => {
    if (url.searchParams.get('byOutputModality') !== 'TEXT') throw new FakeRefusal('body', 'byOutputModality')
    const modelSummaries = models
      .filter((id) => !id.startsWith('arn:'))
      .map((modelId) => ({
        modelArn: `arn:aws:bedrock:${region}::foundation-model/${modelId}`,
        modelId,
        outputModalities: ['TEXT'],
        responseStreamingSupported: true,
      }))
    return { json: { modelSummaries }, usage: null }
  },
}

const apiKey = { key: 'ABSKQmVkcm9ja0FQSUtleS1nb29k', wrongKey: 'ABSKQmVkcm9ja0FQSUtleS13cm9uZw==' }
const accessKey = {
  key: JSON.stringify({ accessKeyId: 'AKIAGOODGOODGOODGOOD', secretAccessKey: 'good/secret+access/key' }),
  wrongKey: JSON.stringify({ accessKeyId: 'AKIAGOODGOODGOODGOOD', secretAccessKey: 'wrong/secret/key' }),
}
const session = { accessKeyId: 'ASIAGOODGOODGOODGOOD', secretAccessKey: 'passing/secret/key' }
const sessionKey = {
  key: JSON.stringify({ ...session, sessionToken: 'IQoJb3JpZ2luX2VjE+/=' }),
  wrongKey: JSON.stringify({ ...session, sessionToken: 'another' }),
}

function service(
  protocol: FakeService['protocol'],
  endpoint: 'runtime' | 'mantle',
  auth: 'api-key' | 'access-key',
  more: Pick<FakeService, 'key' | 'wrongKey'> & Partial<FakeService>,
): FakeService {
  return {
    protocol,
    variant: `${endpoint} ${auth}`,
    basePath: '',
    options: { region, endpoint, auth },
    model: endpoint === 'mantle' ? mantleModel : (models[0] ?? null),
    embeddingModel: null,
    ...more,
  }
}

const openAi = { basePath: '/openai/v1', model: 'openai.gpt-oss-20b-1:0' }

/** Runtime, its control plane, and Mantle, on one host. */
export const bedrockFake: ProviderFake = {
  id: 'bedrock',
  services: [
    service('native', 'runtime', 'api-key', apiKey),
    service('native', 'runtime', 'access-key', accessKey),
    service('native', 'runtime', 'access-key', { ...sessionKey, variant: 'runtime session token' }),
    service('native', 'mantle', 'api-key', apiKey),
    service('native', 'mantle', 'access-key', accessKey),
    service('openai', 'runtime', 'api-key', { ...apiKey, ...openAi }),
    service('openai', 'runtime', 'access-key', { ...accessKey, ...openAi }),
  ],
  operations: [
    ...converse({ models, isAuthorized: onRuntime }),
    foundationModels,
    {
      ...openAiChat({
        path: '/openai/v1/chat/completions',
        models,
        streamUsage: 'last-chunk-on-request',
        isAuthorized: onRuntime,
      }),
      refuse: openAiRefusal,
    },
    anthropicMessages({
      path: '/anthropic/v1/messages',
      models: [mantleModel],
      isAuthorized: onMantleMessages,
    }),
    openAiModels({
      path: '/v1/models',
      models: [mantleModel, 'openai.gpt-oss-120b'],
      isAuthorized: onMantle,
    }),
  ],
  refuse: awsRefusal,
}
