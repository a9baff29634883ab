import type { CreateGatewayForm } from '@/lib/domain/gateway.ts'
import type { CreateInferenceServiceForm } from '@/lib/domain/inference-service.ts'

/** What the demonstration workspace holds: one service per wire format that the sample model server speaks. */
export const demoWorkspace = {
  name: 'demo',
  displayName: 'Demonstration',
  description: 'Sample model servers that answer at once.',
}

/** A dedicated gateway, open to this machine alone. */
export const demoGateway: CreateGatewayForm = { name: 'demo-edge', type: 'managed', spec: '2c4g', nodes: 1 }
export const demoWhitelist = [
  { cidr: '127.0.0.0/8', note: 'This machine' },
  { cidr: '::1/128', note: 'This machine' },
]

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
    {
      ...shared,
      gatewayId: demoGateway.name,
      name: 'demo_edge_chat',
      apiType: 'openai-chat',
      model: 'sample-chat',
      description: 'Chat behind a dedicated gateway with a whitelist.',
    },
  ]
}
