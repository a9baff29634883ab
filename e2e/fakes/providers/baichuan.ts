import * as z from 'zod'
import { openAiProvider } from './shapes/openai-provider.ts'

/** https://platform.baichuan-ai.com/docs/api */
export const baichuanFake = openAiProvider({
  id: 'baichuan',
  basePath: '/v1',
  key: 'sk-baichuan0001',
  wrongKey: 'sk-baichuan9999',
  models: ['Baichuan4-Turbo', 'Baichuan4-Air'],
  embeddingModel: 'Baichuan-Text-Embedding',
  listsModels: false,
  chat: {
    streamUsage: 'finish-chunk',
    fields: { top_k: z.int().min(0).max(20).optional(), knowledge_base: z.unknown().optional() },
    without: ['n', 'seed', 'user', 'presence_penalty', 'frequency_penalty', 'parallel_tool_calls'],
  },
})
