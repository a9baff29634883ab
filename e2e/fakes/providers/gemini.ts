import * as z from 'zod'
import { vectorOf } from '../vector.ts'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  hasBearer,
  type ProviderFake,
  readBody,
} from './provider-fake.ts'
import { geminiContent, googleRefusal } from './shapes/gemini-content.ts'
import { openAiChat } from './shapes/openai-chat.ts'
import { openAiEmbeddings } from './shapes/openai-rest.ts'

const chatModels = ['gemini-1.5-flash', 'gemini-1.5-pro']
const embeddingModel = 'text-embedding-004'
const compat = '/v1beta/openai'

const hasGoogleKey = (call: FakeCall) =>
  call.headers.authorization === undefined && call.keys.includes(String(call.headers['x-goog-api-key']))

const embedRequest = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        model: z.literal(`models/${embeddingModel}`),
        content: z.strictObject({ parts: z.array(z.strictObject({ text: z.string() })).min(1) }),
        taskType: z.string().optional(),
        outputDimensionality: z.int().min(1).optional(),
      }),
    )
    .min(1)
    .max(100),
})

const batchEmbed: FakeOperation = {
  method: 'POST',
  path: /^\/v1beta\/models\/(?<model>[^/:]+):batchEmbedContents$/,
  isAuthorized: hasGoogleKey,
  answer: (call) => {
    const { requests } = readBody(embedRequest, call)
    if (call.parameters['model'] !== embeddingModel) throw new FakeRefusal('model', 'models/x is not found.')
    const texts = requests.map(({ content }) => content.parts.map(({ text }) => text).join(''))
    return {
      json: { embeddings: texts.map((text) => ({ values: vectorOf(text, 8) })) },
      usage: null,
    }
  },
}

const nativeModels: FakeOperation = {
  method: 'GET',
  path: /^\/v1beta\/models$/,
  isAuthorized: hasGoogleKey,
  answer: () => ({
    json: {
      models: [...chatModels, embeddingModel].map((name) => ({
        name: `models/${name}`,
        supportedGenerationMethods: ['generateContent'],
      })),
    },
    usage: null,
  }),
}

const compatModels: FakeOperation = {
  method: 'GET',
  path: /^\/v1beta\/openai\/models$/,
  isAuthorized: hasBearer,
  answer: () => ({
    json: {
      object: 'list',
      data: chatModels.map((name) => ({ id: `models/${name}`, object: 'model', owned_by: 'google' })),
    },
    usage: null,
  }),
}

const key = 'AIzaSyA0000000000000000000000000000001'
const wrongKey = 'AIzaSyA9999999999999999999999999999999'
const model = 'gemini-1.5-flash'

/** https://ai.google.dev/api and https://ai.google.dev/gemini-api/docs/openai */
export const geminiFake: ProviderFake = {
  id: 'gemini',
  services: [
    { protocol: 'openai', basePath: compat, options: {}, key, wrongKey, model, embeddingModel },
    { protocol: 'native', basePath: '', options: {}, key, wrongKey, model, embeddingModel },
  ],
  operations: [
    openAiChat({
      path: `${compat}/chat/completions`,
      models: chatModels,
      streamUsage: 'last-chunk-on-request',
      without: ['seed', 'user', 'parallel_tool_calls'],
      hasCachedTokens: false,
    }),
    openAiEmbeddings({ path: `${compat}/embeddings`, models: [embeddingModel] }),
    compatModels,
    ...geminiContent({ pathPrefix: '/v1beta/models/', models: chatModels, isAuthorized: hasGoogleKey }),
    batchEmbed,
    nativeModels,
  ],
  refuse: (refusal, call) => {
    const answer = refusal.kind === 'key' ? keyRefusal(refusal.message) : googleRefusal(refusal)
    // The compatible paths answer a list of one.
    return call.url.pathname.startsWith(compat) ? { ...answer, body: [answer.body] } : answer
  },
}

/** A key that is none is told as 400. */
function keyRefusal(message: string) {
  const reason = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }
  return {
    status: 400,
    body: { error: { code: 400, message, status: 'INVALID_ARGUMENT', details: [reason] } },
  }
}
