import { type FakeCall, FakeRefusal, hasBearer, type ProviderFake } from './provider-fake.ts'
import { anthropicMessages } from './shapes/anthropic-messages.ts'
import { hunyuanChat } from './shapes/hunyuan-chat.ts'
import { openAiChat } from './shapes/openai-chat.ts'
import { openAiRefusal } from './shapes/openai-refusal.ts'
import { openAiEmbeddings } from './shapes/openai-rest.ts'
import { type TencentAccount, tc3Fault } from './verify-tc3.ts'

const models = ['hunyuan-turbo', 'hunyuan-lite']
const secretId = 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3'

function isSigned(call: FakeCall): boolean {
  const accounts = call.keys
    .filter((key) => key.startsWith('{'))
    .map((key): TencentAccount => JSON.parse(key))
  const fault = tc3Fault(call, accounts, { service: 'hunyuan', now: Date.now() })
  if (fault !== null) throw new FakeRefusal('key', fault)
  return true
}

const showsKey = ({ headers, keys }: FakeCall): boolean =>
  headers.authorization === undefined && keys.includes(String(headers['x-api-key']))

/** Tencent's cloud API, and the address that speaks other protocols, on one host. */
export const hunyuanFake: ProviderFake = {
  id: 'hunyuan',
  services: [
    {
      protocol: 'native',
      basePath: '',
      options: {},
      key: JSON.stringify({ secretId, secretKey: 'Gu5t9xGARNpq86cd98joQYCN3' }),
      wrongKey: JSON.stringify({ secretId, secretKey: 'another' }),
      model: models[0] ?? null,
      embeddingModel: null,
    },
    {
      protocol: 'openai',
      basePath: '/v1',
      options: {},
      key: 'sk-good-hunyuan-key',
      wrongKey: 'sk-wrong-hunyuan-key',
      model: models[0] ?? null,
      embeddingModel: 'hunyuan-embedding',
    },
  ],
  operations: [
    hunyuanChat({ models, isAuthorized: isSigned }),
    openAiChat({
      path: '/v1/chat/completions',
      models,
      streamUsage: 'last-chunk-on-request',
      isAuthorized: hasBearer,
    }),
    openAiEmbeddings({ path: '/v1/embeddings', models: ['hunyuan-embedding'] }),
    anthropicMessages({ path: '/anthropic/v1/messages', models, isAuthorized: showsKey }),
  ],
  refuse: openAiRefusal,
}
