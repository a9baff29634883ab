import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { doubaoManifest } from './manifest.ts'

export const doubao = createOpenAiProvider(doubaoManifest, {
  formats: ['openai-chat', 'openai-embeddings'],
  anthropic: [
    { openai: '/api/coding/v3', anthropic: '/api/coding' },
    { openai: '/api/plan/v3', anthropic: '/api/plan' },
    { openai: '/api/v3', anthropic: '/api/compatible' },
  ],
  listsModels: false,
  explanations: {
    'InvalidEndpointOrModel.NotFound':
      'Ark does not know the model or endpoint, or the key may not use it. Activate the model in the Ark console, or write the endpoint’s id.',
    ModelNotOpen: 'The model is not activated for this account. Activate it in the Ark console.',
    AccountOverdueError: 'The account has overdue payments. Pay them in the console of Volcengine.',
  },
})
