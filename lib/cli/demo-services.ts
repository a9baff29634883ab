import type { CreateInferenceServiceForm } from '@/lib/domain/inference-service.ts'

/** What the demonstration workspace holds: one service per wire format that the sample model server speaks. */
export const demoWorkspace = {
  name: 'demo',
  displayName: 'Demonstration',
  description: 'Sample model servers that answer at once.',
}

export function demoServices(modelServerUrl: string): readonly CreateInferenceServiceForm[] {
  const shared = { instances: [{ url: modelServerUrl }], gatewayId: 'shared' }
  return [
    {
      ...shared,
      name: 'demo_chat',
      apiType: 'openai-chat',
      model: 'sample-chat',
      description: 'Chat, streaming or not.',
    },
    {
      ...shared,
      name: 'demo_embeddings',
      apiType: 'openai-embeddings',
      model: 'sample-embeddings',
      description: 'Vectors.',
    },
    {
      ...shared,
      name: 'demo_rerank',
      apiType: 'rerank',
      model: 'sample-rerank',
      description: 'Ordered documents.',
    },
    {
      ...shared,
      name: 'demo_messages',
      apiType: 'anthropic-messages',
      model: 'sample-claude',
      description: 'Anthropic messages.',
    },
  ]
}
