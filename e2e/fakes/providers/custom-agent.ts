import type { ProviderFake } from './provider-fake.ts'
import { openAiChat } from './shapes/openai-chat.ts'
import { openAiRefusal } from './shapes/openai-refusal.ts'

/** An agent of one's own: OpenAI's chat, and nothing beside it. */
export const customAgentFake: ProviderFake = {
  id: 'custom-agent',
  services: [
    {
      protocol: 'openai',
      basePath: '/agents/support/v1',
      options: {},
      key: 'agent-token',
      wrongKey: 'agent-token-of-another',
      model: 'support',
      embeddingModel: null,
    },
  ],
  operations: [
    openAiChat({
      path: '/agents/support/v1/chat/completions',
      models: ['support'],
      streamUsage: 'last-chunk-on-request',
    }),
  ],
  refuse: openAiRefusal,
}
