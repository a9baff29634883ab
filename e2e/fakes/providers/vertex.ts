import { generateKeyPairSync } from 'node:crypto'
import * as z from 'zod'
import { accountOf, googleTokens } from './google-token-endpoint.ts'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  type FakeService,
  type ProviderFake,
  readBody,
} from './provider-fake.ts'
import { anthropicFields, anthropicRefusal, anthropicReply } from './shapes/anthropic-messages.ts'
import { geminiContent, googleRefusal } from './shapes/gemini-content.ts'
import { openAiChat } from './shapes/openai-chat.ts'

const project = 'sample-project'
const region = 'europe-west4'
const gemini = 'gemini-2.5-flash'
const claudeModel = 'claude-sonnet-4-5@20250929'

/** The key file as Google's console downloads it; `{origin}` is where the fake stands. */
function account(name: string) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    type: 'service_account',
    project_id: project,
    private_key_id: `key-of-${name}`,
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: `${name}@${project}.iam.gserviceaccount.com`,
    client_id: '100000000000000000001',
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: '{origin}/token',
    universe_domain: 'googleapis.com',
  }
}

const gateway = account('gateway')
/** Gets tokens, and may do nothing with them. */
const stranger = account('stranger')

function byToken(call: FakeCall): boolean {
  const email = accountOf(call)
  if (email === null) return false
  if (call.keys.some((key) => key.startsWith('{') && JSON.parse(key).client_email === email)) return true
  throw new FakeRefusal('forbidden', "Permission 'aiplatform.endpoints.predict' denied on resource.")
}

/** Without a project in the path, keys count; with one they are refused. */
const byKey = ({ headers, keys }: FakeCall): boolean => {
  const key = headers['x-goog-api-key']
  return headers.authorization === undefined && typeof key === 'string' && keys.includes(key)
}

const place = `projects/${project}/locations/${region}`

const { model: _, ...withoutModel } = anthropicFields
const rawPredictBody = z.strictObject({
  ...withoutModel,
  anthropic_version: z.literal('vertex-2023-10-16'),
})

function rawPredict(operation: 'rawPredict' | 'streamRawPredict'): FakeOperation {
  return {
    method: 'POST',
    path: new RegExp(`^/v1/${place}/publishers/anthropic/models/(?<model>[^/:]+):${operation}$`),
    isAuthorized: byToken,
    refuse: (refusal) => (refusal.kind === 'body' ? anthropicRefusal(refusal) : googleRefusal(refusal)),
    answer: (call) => {
      const model = decodeURIComponent(call.parameters['model'] ?? '')
      if (model !== claudeModel) throw new FakeRefusal('model', `Publisher Model ${model} was not found.`)
      const { anthropic_version: _version, ...body } = readBody(rawPredictBody, call)
      if ((body.stream === true) !== (operation === 'streamRawPredict')) {
        throw new FakeRefusal('body', 'stream: must fit the method.')
      }
      return anthropicReply({ ...body, model })
    },
  }
}

function publisherModels(publisher: string, names: readonly string[]): FakeOperation {
  return {
    method: 'GET',
    path: new RegExp(`^/v1beta1/publishers/${publisher}/models$`),
    isAuthorized: byToken,
    answer: () => ({
      json: {
        publisherModels: names.map((name) => ({
          name: `publishers/${publisher}/models/${name}`,
          versionId: 'default',
          openSourceCategory: 'PROPRIETARY',
          launchStage: 'GA',
        })),
      },
      usage: null,
    }),
  }
}

function service(variant: string, changes: Partial<FakeService> = {}): FakeService {
  return {
    protocol: 'native',
    variant,
    basePath: '',
    options: { auth: 'service-account', region, publisher: 'google', refreshEarly: '60' },
    key: JSON.stringify(gateway),
    wrongKey: JSON.stringify(stranger),
    model: gemini,
    embeddingModel: null,
    ...changes,
  }
}

const [generate, streamGenerate] = geminiContent({
  pathPrefix: '/v1/publishers/google/models/',
  models: [gemini],
  isAuthorized: byKey,
})

/** Vertex AI, and Google's token endpoint, on one host. */
export const createVertexFake = (now: () => number): ProviderFake => ({
  id: 'vertex',
  services: [
    service('service-account'),
    service('service-account claude', {
      options: { auth: 'service-account', region, publisher: 'anthropic', refreshEarly: '60' },
      model: claudeModel,
    }),
    service('service-account', { protocol: 'openai' }),
    service('express', { options: { auth: 'express' }, key: 'AQ.good-express-key', wrongKey: 'AQ.wrong' }),
  ],
  operations: [
    googleTokens([gateway, stranger], now),
    ...geminiContent({
      pathPrefix: `/v1/${place}/publishers/google/models/`,
      models: [gemini],
      isAuthorized: byToken,
    }),
    ...[generate, streamGenerate].filter((operation) => operation !== undefined),
    rawPredict('rawPredict'),
    rawPredict('streamRawPredict'),
    openAiChat({
      path: `/v1beta1/${place}/endpoints/openapi/chat/completions`,
      models: [`google/${gemini}`],
      streamUsage: 'last-chunk-on-request',
      isAuthorized: byToken,
    }),
    publisherModels('google', [gemini, 'text-embedding-005']),
    publisherModels('anthropic', [claudeModel]),
  ],
  refuse: googleRefusal,
})

export const vertexFake = createVertexFake(Date.now)
