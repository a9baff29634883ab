import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { ApiKeyCredential, Consumer } from '@/lib/domain/consumer.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

/** What is asked of the console decides who gets in at the gateway: everything between is real. */

const base = '/workspaces/wire'
const providerKey = 'sk-the-key-of-the-provider-01'
let installation: Installation
let server: ModelServer
let api: ConsoleApi
let closed: ModelApi

beforeAll(async () => {
  server = await createModelServer({ apiKey: providerKey })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const ai = { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys: [providerKey] }
  const service = await api.post<UpstreamService>(`${base}/services`, {
    ...{ name: 'model', gatewayId: 'shared', source: 'ai' },
    ai,
  })
  closed = await api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name: 'closed', gatewayId: 'shared', basePath: '/closed', removeBasePath: true },
    routing: { mode: 'single', target: { serviceId: service.id, model: null } },
    plugins: { authorization: { enabled: true } },
  })
})
afterAll(async () => {
  await installation?.stop()
  await server?.close()
})

interface Answer {
  readonly status: number
  readonly text: string
}

async function chat(headers: Record<string, string>, query = ''): Promise<Answer> {
  const url = `${installation.internetUrl}/closed/v1/chat/completions${query}`
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'sample-model', messages: [{ role: 'user', content: 'Hello' }] }),
    headersTimeout: 30_000,
  })
  return { status: statusCode, text: await body.text() }
}

const bearer = (key: string | null) => ({ authorization: `Bearer ${key}` })

function untilStatus(what: string, wanted: number, ...call: Parameters<typeof chat>): Promise<Answer> {
  return until(what, async () => {
    const answer = await chat(...call)
    return answer.status === wanted && answer
  })
}

async function grant(consumer: Consumer, modelApiIds: readonly string[]): Promise<Consumer> {
  const { version } = await api.get<Consumer>(`${base}/consumers/${consumer.id}`)
  return await api.patch(`${base}/consumers/${consumer.id}`, { version, modelApiIds })
}

test('nobody gets in before a grant, the granted do, and nobody after it is taken back', async () => {
  await untilStatus('the API asks for a key', 401, {})
  const app = await api.post<Consumer>(`${base}/consumers`, {
    name: 'app',
    credentials: [{ type: 'api-key' }],
  })
  const [{ key }] = app.credentials as [ApiKeyCredential]
  const known = await untilStatus('the consumer is known', 403, bearer(key))
  expect(known.text).toContain('consumer_not_granted')

  await grant(app, [closed.id])
  await untilStatus('the consumer is granted', 200, bearer(key))
  expect((await chat({ 'x-api-key': String(key) })).status).toBe(200)
  expect((await chat(bearer(`${key}x`))).status).toBe(401)

  await grant(app, [])
  await untilStatus('the grant is taken back', 403, bearer(key))
  await api.delete(`${base}/consumers/${app.id}`)
  await untilStatus('the consumer is gone', 401, bearer(key))
})

test('a rotated key works beside the old one for the grace, and alone without', async () => {
  const app = await api.post<Consumer>(`${base}/consumers`, {
    ...{ name: 'rotating', modelApiIds: [closed.id] },
    credentials: [{ type: 'api-key', location: { in: 'query', name: 'key' } }],
  })
  const [first] = app.credentials as [ApiKeyCredential]
  const ask = (key: string | null) => [{}, `?key=${key}`] as const
  await untilStatus('the first key works', 200, ...ask(first.key))
  const rotate = ({ id }: ApiKeyCredential, graceSeconds: number) =>
    api.post<ApiKeyCredential>(`${base}/consumers/rotating/credentials/${id}/rotate`, { graceSeconds })
  const second = await rotate(first, 900)
  await untilStatus('the second key works', 200, ...ask(second.key))
  expect((await chat(...ask(first.key))).status).toBe(200)
  const third = await rotate(second, 0)
  await untilStatus('the third key works', 200, ...ask(third.key))
  expect((await chat(...ask(second.key))).status).toBe(401)
})

test('an API that no longer asks takes everybody, and asks again once it is told to', async () => {
  const ask = async (enabled: boolean) => {
    const { version } = await api.get<ModelApi>(`${base}/model-apis/closed`)
    await api.patch(`${base}/model-apis/closed`, { version, plugins: { authorization: { enabled } } })
  }
  await ask(false)
  await untilStatus('everybody gets in', 200, {})
  await ask(true)
  await untilStatus('nobody gets in without a key', 401, {})
})
