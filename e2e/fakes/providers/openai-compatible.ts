import type { ProviderFake } from './provider-fake.ts'
import { openAiChat } from './shapes/openai-chat.ts'
import { openAiRefusal } from './shapes/openai-refusal.ts'
import { openAiCompletions, openAiEmbeddings, openAiModels } from './shapes/openai-rest.ts'

const models = ['qwen3-8b', 'bge-m3']

/** A server of one's own that answers as OpenAI does. */
export const openAiCompatibleFake: ProviderFake = {
  id: 'openai-compatible',
  services: [
    {
      protocol: 'openai',
      basePath: '/v1',
      options: {},
      key: 'token-abc123',
      wrongKey: 'token-wrong',
      model: 'qwen3-8b',
      embeddingModel: 'bge-m3',
    },
  ],
  operations: [
    openAiChat({ path: '/v1/chat/completions', models, streamUsage: 'last-chunk-on-request' }),
    openAiCompletions({ path: '/v1/completions', models }),
    openAiEmbeddings({ path: '/v1/embeddings', models }),
    openAiModels({ path: '/v1/models', models }),
  ],
  refuse: openAiRefusal,
}
