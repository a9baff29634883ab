import { createOpenAiProvider } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import type { RouteCall } from '@/lib/providers/provider.ts'
import { miniMaxManifest } from './manifest.ts'

export const miniMax = createOpenAiProvider(miniMaxManifest, {
  formats: ['openai-chat'],
  anthropic: [{ openai: '/v1', anthropic: '/anthropic' }],
  listsModels: false,
  prepareChat: ({ options }) => (options['reasoningSplit'] === 'false' ? null : splitReasoning),
  explanations: {
    '1002': 'MiniMax limits how often it may be asked. Add keys, or ask MiniMax for a higher limit.',
    authentication:
      'MiniMax refuses the key. Keys of api.minimaxi.com and api.minimax.io are not interchangeable: check which one the base URL belongs to.',
    '1008': 'The account has no credit left. Top it up in the console of MiniMax.',
    '1027': 'The provider’s content filter stopped this. Its rules are set with the provider.',
    '1039': 'This is longer than the model takes. Send less, or choose a model with a longer context.',
    '2049': 'MiniMax does not know the key. Check that it is whole.',
  },
})

/** Reasoning models put <think> into the answer otherwise, where every caller would read it as text. */
function splitReasoning({ body }: RouteCall): void {
  body['reasoning_split'] ??= true
}
