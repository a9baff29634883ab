import type { CreateGatewayForm } from '@/lib/domain/gateway.ts'
import type { CreateInferenceServiceForm } from '@/lib/domain/inference-service.ts'
import type { CreateModelApiForm } from '@/lib/domain/model-api.ts'
import type { CreateServiceForm } from '@/lib/domain/upstream-service.ts'

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

/** The sample model server once more, as what it may stand for: two providers and an address. It takes any key. */
export function demoUpstreams(modelServerUrl: string): readonly CreateServiceForm[] {
  return [
    {
      name: 'sample-openai',
      gatewayId: 'shared',
      description: 'Speaks OpenAI.',
      source: 'ai',
      ai: {
        provider: 'openai-compatible',
        baseUrl: `${modelServerUrl}/v1`,
        apiKeys: ['sample-key'],
        models: ['sample-chat'],
      },
    },
    {
      name: 'sample-claude',
      gatewayId: 'shared',
      description: 'Speaks Anthropic.',
      source: 'ai',
      ai: { provider: 'claude', baseUrl: modelServerUrl, apiKeys: ['sample-key'], models: ['sample-claude'] },
    },
    {
      name: 'sample-pool',
      gatewayId: 'shared',
      description: 'An address without a provider.',
      source: 'fixed',
      fixed: { addresses: [new URL(modelServerUrl).host] },
    },
  ]
}

/** One whose service speaks its protocol, and one whose calls are converted. */
export const demoModelApis: ReadonlyArray<{
  readonly service: string
  readonly api: Omit<CreateModelApiForm, 'routing'>
}> = [
  {
    service: 'sample-openai',
    api: {
      name: 'demo-openai',
      gatewayId: 'shared',
      protocol: 'openai',
      basePath: '/demo/openai',
      removeBasePath: true,
    },
  },
  {
    service: 'sample-openai',
    api: {
      name: 'demo-anthropic',
      gatewayId: 'shared',
      protocol: 'anthropic',
      basePath: '/demo/anthropic',
      removeBasePath: true,
    },
  },
]
