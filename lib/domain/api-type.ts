import * as z from 'zod'

/** What a service speaks. Decides the API path and the sample request of the Invocation Method panel. */
export const apiTypes = [
  'openai-chat',
  'openai-completions',
  'openai-embeddings',
  'rerank',
  'anthropic-messages',
  'openai-images',
  'openai-speech',
  'processor',
  'custom',
] as const
export const apiType = z.enum(apiTypes)
export type ApiType = z.infer<typeof apiType>

interface ApiTypeFacts {
  /** Null: the caller decides. */
  readonly path: string | null
  /** Whether `stream: true` means something. */
  readonly streams: boolean
  readonly sampleBody: (model: string) => Record<string, unknown>
}

export const apiTypeFacts: Readonly<Record<ApiType, ApiTypeFacts>> = {
  'openai-chat': {
    path: '/v1/chat/completions',
    streams: true,
    sampleBody: (model) => ({ model, messages: [{ role: 'user', content: 'hello!' }] }),
  },
  'openai-completions': {
    path: '/v1/completions',
    streams: true,
    sampleBody: (model) => ({ model, prompt: 'hello!', max_tokens: 64 }),
  },
  'openai-embeddings': {
    path: '/v1/embeddings',
    streams: false,
    sampleBody: (model) => ({ model, input: 'hello!' }),
  },
  rerank: {
    path: '/v1/rerank',
    streams: false,
    sampleBody: (model) => ({ model, query: 'Which one is a fruit?', documents: ['an apple', 'a train'] }),
  },
  'anthropic-messages': {
    path: '/v1/messages',
    streams: true,
    sampleBody: (model) => ({ model, max_tokens: 256, messages: [{ role: 'user', content: 'hello!' }] }),
  },
  'openai-images': {
    path: '/v1/images/generations',
    streams: false,
    sampleBody: (model) => ({ model, prompt: 'a red bicycle', size: '512x512' }),
  },
  'openai-speech': {
    path: '/v1/audio/speech',
    streams: false,
    sampleBody: (model) => ({ model, input: 'hello!', voice: 'alloy' }),
  },
  processor: { path: '/', streams: false, sampleBody: () => ({ inputs: [[1, 2, 3]] }) },
  custom: { path: null, streams: false, sampleBody: () => ({ input: 'hello!' }) },
}
