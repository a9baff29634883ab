import { bearerOf, type FakeCall, type ProviderFake, type Refusal } from './provider-fake.ts'
import { openAiChat } from './shapes/openai-chat.ts'
import { openAiCompletions, openAiEmbeddings, openAiModels } from './shapes/openai-rest.ts'

const base = '/api/predict/chat'
const models = ['Qwen3-8B']
const token = 'NDU4ZmE2NzVkYjAwMDE='
const service = {
  protocol: 'openai',
  basePath: base,
  options: { service: 'chat', connection: 'vpc', authorization: 'token' },
  key: token,
  wrongKey: 'NDU4ZmE2NzVkYjk5OTk=',
  model: 'Qwen3-8B',
  embeddingModel: 'Qwen3-8B',
} as const

/** The token stands alone or behind Bearer. */
const isAuthorized = (call: FakeCall) =>
  call.keys.includes(bearerOf(call) ?? call.headers.authorization ?? '')
const shape = { models, isAuthorized }

const statuses: Readonly<Record<Refusal['kind'], number>> = {
  path: 404,
  method: 405,
  key: 401,
  forbidden: 403,
  body: 400,
  model: 404,
  rate: 429,
  failure: 500,
}

/** A service of EAS whose image answers as vLLM does. */
export const paiEasFake: ProviderFake = {
  id: 'pai-eas',
  services: [
    service,
    { ...service, variant: 'with Bearer', options: { ...service.options, authorization: 'bearer' } },
  ],
  operations: [
    openAiChat({ path: `${base}/v1/chat/completions`, streamUsage: 'last-chunk-on-request', ...shape }),
    openAiCompletions({ path: `${base}/v1/completions`, ...shape }),
    openAiEmbeddings({ path: `${base}/v1/embeddings`, ...shape }),
    openAiModels({ path: `${base}/v1/models`, ...shape }),
  ],
  refuse: ({ kind, message, param }) => {
    const status = statuses[kind]
    // Whoever has no good token is refused before the image.
    if (kind === 'key') return { status, body: 'Unauthorized' }
    return { status, body: { object: 'error', message, type: `${kind}Error`, param, code: status } }
  },
}
