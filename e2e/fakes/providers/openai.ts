import { openAiOnlyFields } from './shapes/openai-chat-request.ts'
import { openAiProvider } from './shapes/openai-provider.ts'

/** https://platform.openai.com/docs/api-reference/chat */
export const openAiFake = openAiProvider({
  id: 'openai',
  basePath: '/v1',
  key: 'sk-proj-abcdefghijklmnop1234',
  wrongKey: 'sk-proj-abcdefghijklmnop9999',
  models: ['gpt-4o-mini', 'gpt-4o', 'gpt-35-turbo'],
  embeddingModel: 'text-embedding-3-small',
  hasCompletions: true,
  listsModels: true,
  chat: { streamUsage: 'last-chunk-on-request', fields: openAiOnlyFields },
})
