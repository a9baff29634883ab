import { type FakeCall, FakeRefusal, type FakeService, type ProviderFake } from './provider-fake.ts'
import { openAiChat } from './shapes/openai-chat.ts'
import { openAiOnlyFields } from './shapes/openai-chat-request.ts'
import { refuseBy } from './shapes/openai-provider.ts'
import { openAiCompletions, openAiEmbeddings, openAiModels } from './shapes/openai-rest.ts'

const deployments = ['gpt-4o', 'text-embedding-3-small']
const versions = ['2024-02-01', '2024-10-21']
const olderVersion = '2024-02-01'

function hasVersion({ url }: FakeCall): boolean {
  const given = url.searchParams.getAll('api-version')
  if (given.length !== 1 || !versions.includes(given[0] ?? ''))
    throw new FakeRefusal('path', 'Resource not found')
  return true
}

const isAuthorized = (call: FakeCall) =>
  hasVersion(call) &&
  call.headers.authorization === undefined &&
  call.keys.includes(String(call.headers['api-key']))

const modelOf = (call: FakeCall) => decodeURIComponent(call.parameters['deployment'] ?? '')
const at = '/openai/deployments/{deployment}'
const shape = { models: deployments, isAuthorized, modelOf }

const noFilter = { filtered: false, severity: 'safe' }

/** Choices say what the content filter found. */
function decorate(value: Record<string, unknown>): Record<string, unknown> {
  const choices = value['choices'] as object[]
  return {
    ...value,
    system_fingerprint: null,
    choices: choices.map((choice) => ({ ...choice, content_filter_results: { hate: noFilter } })),
  }
}

const chat = openAiChat({
  path: `${at}/chat/completions`,
  streamUsage: 'last-chunk-on-request',
  fields: openAiOnlyFields,
  decorate,
  ...shape,
})
const olderChat = openAiChat({
  path: `${at}/chat/completions`,
  streamUsage: 'last-chunk-on-request',
  fields: openAiOnlyFields,
  without: ['stream_options'],
  decorate,
  ...shape,
})

const service: FakeService = {
  protocol: 'openai',
  variant: 'resource',
  basePath: '?api-version=2024-10-21',
  options: {},
  key: '0123456789abcdef0123456789abcdef',
  wrongKey: 'ffffffffffffffffffffffffffffffff',
  model: 'gpt-4o',
  embeddingModel: 'text-embedding-3-small',
}

/** https://learn.microsoft.com/azure/ai-services/openai/reference */
export const azureFake: ProviderFake = {
  id: 'azure',
  services: [
    service,
    {
      ...service,
      variant: 'resource of an older version',
      basePath: '',
      options: { apiVersion: olderVersion },
    },
    {
      ...service,
      variant: 'operation',
      basePath: '/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21',
    },
  ],
  operations: [
    {
      ...chat,
      answer: (call) =>
        (call.url.searchParams.get('api-version') === olderVersion ? olderChat : chat).answer(call),
    },
    openAiCompletions({ path: `${at}/completions`, ...shape }),
    openAiEmbeddings({ path: `${at}/embeddings`, ...shape }),
    openAiModels({ path: '/openai/models', models: deployments, isAuthorized }),
  ],
  refuse: refuseBy({
    path: [404, '404', null],
    method: [405, '405', null],
    key: [401, '401', null],
    forbidden: [403, 'Forbidden', null],
    body: [400, 'BadRequest', 'invalid_request_error'],
    model: [404, 'DeploymentNotFound', null],
    rate: [429, '429', null],
    failure: [500, 'InternalServerError', null],
  }),
}
