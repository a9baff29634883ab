import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { sparkManifest } from './manifest.ts'

export const spark = createOpenAiProvider(sparkManifest, {
  formats: ['openai-chat'],
  version: 'always',
  listsModels: false,
  explanations: {
    '10007': 'Spark handles one call of a user at a time. Wait for the one before, or add keys.',
    '10013': 'The provider’s content filter stopped this. Its rules are set with the provider.',
    '10014': 'The provider’s content filter stopped this. Its rules are set with the provider.',
    '10907': 'This is longer than the model takes. Send less, or choose a model with a longer context.',
    '11200':
      'The key may not use this model, or its tokens are used up. Each model of Spark has a key of its own: take the APIPassword of the model’s page.',
    '11201': 'The day’s limit of calls is reached. Ask iFLYTEK for a higher one, or add keys.',
    '11202': 'Too many calls a second. Ask iFLYTEK for a higher limit, or add keys.',
    '11203': 'Too many calls at once. Ask iFLYTEK for a higher limit, or add keys.',
  },
})
