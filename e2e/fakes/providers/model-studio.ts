import * as z from 'zod'
import { split } from '../answer.ts'
import { vectorOf } from '../vector.ts'
import { type FakeOperation, FakeRefusal, hasBearer, type ProviderFake, readBody } from './provider-fake.ts'
import { dashscopeGeneration, dashscopeRefusal } from './shapes/dashscope-generation.ts'
import { openAiProvider, refuseBy } from './shapes/openai-provider.ts'

const textModels = ['qwen-plus', 'qwen-max', 'qwen-turbo']
const multimodalModels = ['qwen-vl-max', 'qwen-vl-plus']
const embeddingModel = 'text-embedding-v4'

const embeddingRequest = z.strictObject({
  model: z.literal(embeddingModel),
  input: z.strictObject({ texts: z.array(z.string().min(1)).min(1).max(10) }),
  parameters: z
    .strictObject({ dimension: z.int().min(1).optional(), text_type: z.string().optional() })
    .optional(),
})

const embeddings: FakeOperation = {
  method: 'POST',
  path: /^\/api\/v1\/services\/embeddings\/text-embedding\/text-embedding$/,
  isAuthorized: hasBearer,
  refuse: dashscopeRefusal,
  answer: (call) => {
    const { input } = readBody(embeddingRequest, call)
    const tokens = input.texts.reduce((sum, text) => sum + split(text).length, 0)
    if (tokens === 0) throw new FakeRefusal('body', 'input.texts is empty.')
    // Not in order: only the index says which text each belongs to.
    const vectors = input.texts.map((text, index) => ({ text_index: index, embedding: vectorOf(text, 8) }))
    return {
      json: {
        output: { embeddings: vectors.reverse() },
        usage: { total_tokens: tokens },
        request_id: '9a8b7c6d-0000-4000-8000-000000000003',
      },
      usage: { input: tokens, output: 0, cached: 0, reasoning: 0 },
    }
  },
}

const compatible = openAiProvider({
  id: 'model-studio',
  basePath: '/compatible-mode/v1',
  key: 'sk-m0de1studi00001',
  wrongKey: 'sk-m0de1studi09999',
  models: [...textModels, ...multimodalModels],
  embeddingModel,
  hasCompletions: true,
  listsModels: true,
  anthropicPath: '/apps/anthropic/v1/messages',
  chat: {
    streamUsage: 'last-chunk-on-request',
    fields: {
      enable_thinking: z.boolean().optional(),
      thinking_budget: z.int().optional(),
      enable_search: z.boolean().optional(),
      top_k: z.int().optional(),
    },
    without: ['user'],
  },
  refuse: refuseBy({
    path: [404, null, 'invalid_request_error'],
    method: [405, null, 'invalid_request_error'],
    key: [401, 'invalid_api_key', 'invalid_request_error'],
    forbidden: [403, 'access_denied', 'invalid_request_error'],
    body: [400, 'invalid_parameter_error', 'invalid_request_error'],
    model: [404, 'model_not_found', 'invalid_request_error'],
    rate: [429, 'limit_requests', 'limit_requests'],
    failure: [500, 'internal_error', 'internal_error'],
  }),
})

/** Both protocols below one host. */
export const modelStudioFake: ProviderFake = {
  ...compatible,
  services: [
    ...compatible.services,
    ...compatible.services.map((service) => ({ ...service, protocol: 'native' as const, basePath: '' })),
    ...compatible.services.map((service) => ({
      ...service,
      protocol: 'native' as const,
      variant: 'with pictures',
      basePath: '/api/v1',
      model: 'qwen-vl-max',
    })),
  ],
  operations: [
    ...compatible.operations,
    dashscopeGeneration('text', textModels),
    dashscopeGeneration('multimodal', multimodalModels),
    embeddings,
  ],
}
