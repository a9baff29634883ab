import { type FakeCall, type FakeOperation, FakeRefusal, type ProviderFake } from './provider-fake.ts'
import { anthropicMessages, anthropicRefusal } from './shapes/anthropic-messages.ts'

const models = [
  'claude-3-5-sonnet-latest',
  'claude-3-5-haiku-latest',
  'claude-3-opus-latest',
  'claude-opus-4-5',
  'claude-opus-4-7',
]

/** One or the other, never both: an API key in its own header, an OAuth token as a bearer with its beta header. */
function isAuthorized({ headers, keys }: FakeCall): boolean {
  const key = headers['x-api-key']
  if (typeof key === 'string') {
    return headers.authorization === undefined && key.startsWith('sk-ant-api') && keys.includes(key)
  }
  const token = /^Bearer (sk-ant-oat\S+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
  const betas = String(headers['anthropic-beta'] ?? '').split(/,\s*/)
  if (token !== '' && !betas.includes('oauth-2025-04-20')) {
    throw new FakeRefusal('key', 'OAuth authentication is currently not supported.')
  }
  return keys.includes(token)
}

const modelList: FakeOperation = {
  method: 'GET',
  path: /^\/v1\/models$/,
  isAuthorized,
  answer: ({ headers, url }) => {
    if (headers['anthropic-version'] !== '2023-06-01') {
      throw new FakeRefusal('body', 'anthropic-version: header is required')
    }
    // Twenty a page unless more is asked for, as the API does.
    const limit = Number(url.searchParams.get('limit') ?? 20)
    if (!(limit >= 1 && limit <= 1000)) throw new FakeRefusal('body', 'limit: must be from 1 to 1000')
    const data = models
      .slice(0, limit)
      .map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-02-19T00:00:00Z' }))
    return {
      json: { data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id },
      usage: null,
    }
  },
}

/** https://docs.anthropic.com/en/api/overview */
export const claudeFake: ProviderFake = {
  id: 'claude',
  services: [
    {
      protocol: 'native',
      basePath: '',
      options: { oauth: 'false' },
      key: 'sk-ant-api03-a-good-key',
      wrongKey: 'sk-ant-api03-a-wrong-key',
      model: models[0] ?? null,
      embeddingModel: null,
    },
    {
      protocol: 'native',
      variant: 'oauth',
      basePath: '/v1',
      options: { oauth: 'true' },
      key: 'sk-ant-oat01-a-good-token',
      wrongKey: 'sk-ant-oat01-a-wrong-token',
      model: models[0] ?? null,
      embeddingModel: null,
    },
  ],
  operations: [anthropicMessages({ path: '/v1/messages', models, isAuthorized }), modelList],
  refuse: anthropicRefusal,
}
