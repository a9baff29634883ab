import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { Page } from '@/lib/domain/object.ts'
import type { RequestDetail, RequestRecord } from '@/lib/domain/request-record.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import type { WhatIfResult } from '@/lib/domain/what-if.ts'

/** What callers do at the gateway can be read at the console a moment later: everything between is real. */

const base = '/workspaces/wire'
const providerKey = 'sk-the-key-of-the-provider-01'
let installation: Installation
let server: ModelServer
let api: ConsoleApi
let near: UpstreamService
let far: UpstreamService
let chat: ModelApi

beforeAll(async () => {
  server = await createModelServer({ apiKey: providerKey })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const ai = { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys: [providerKey] }
  const create = (name: string) =>
    api.post<UpstreamService>(`${base}/services`, { name, gatewayId: 'shared', source: 'ai', ai })
  near = await create('near')
  far = await create('far')
  chat = await api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name: 'chat', gatewayId: 'shared', basePath: '/chat', removeBasePath: true },
    routing: { mode: 'single', target: { serviceId: near.id, model: null } },
  })
  await until('the API answers', async () => (await ask('warm-up')) === 200)
})
afterAll(async () => {
  await installation?.stop()
  await server?.close()
})

async function ask(requestId: string, change: object = {}): Promise<number> {
  const { statusCode, body } = await request(`${installation.internetUrl}/chat/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body: JSON.stringify({
      ...{ model: 'sample-model', messages: [{ role: 'user', content: 'Hello there' }] },
      ...change,
    }),
    headersTimeout: 30_000,
  })
  await body.dump()
  return statusCode
}

function record(requestId: string): Promise<RequestRecord> {
  return until(`the record of ${requestId}`, async () => {
    const { items } = await api.get<Page<RequestRecord>>(`${base}/requests?requestId=${requestId}`)
    return items[0]
  })
}

test('a request is found by its id, with where it went and what it cost, and without its words', async () => {
  expect(await ask('wire-streamed', { stream: true, stream_options: { include_usage: true } })).toBe(200)
  const found = await record('wire-streamed')
  expect(found).toMatchObject({
    modelApi: { id: chat.id, name: 'chat' },
    service: { id: near.id, name: 'near' },
    route: '/v1/chat/completions',
    path: '/chat/v1/chat/completions',
    status: 200,
    errorSource: null,
    isStream: true,
    modelAsked: 'sample-model',
    routed: { mode: 'single' },
    promptCharacters: 'Hello there'.length,
    attempts: [{ service: 'near', status: 200, reason: null }],
    finishReason: 'stop',
  })
  expect(found.firstTokenMs).toBeGreaterThan(0)
  expect(found.tokens.output).toBeGreaterThan(0)
  const detail = await api.get<RequestDetail>(`${base}/requests/${found.id}`)
  expect(detail.request).toEqual({ state: 'not-recorded' })
  expect(JSON.stringify(detail)).not.toContain('Hello there')
})

test('a refused request tells who refused it', async () => {
  expect(await ask('wire-refused', { messages: 'none' })).toBe(400)
  expect(await record('wire-refused')).toMatchObject({ status: 400 })
  const { items } = await api.get<Page<RequestRecord>>(`${base}/requests?modelApiId=chat&status=4xx`)
  expect(items.map(({ requestId }) => requestId)).toEqual(['wire-refused'])
})

test('content is recorded from when its box is ticked', async () => {
  const { version } = await api.get<ModelApi>(`${base}/model-apis/chat`)
  const monitoring = { enabled: true, recordRequest: true, recordResponse: true }
  await api.patch(`${base}/model-apis/chat`, { version, monitoring })
  let tries = 0
  const detail = await until('content is recorded', async () => {
    tries += 1
    await ask(`wire-content-${tries}`)
    const { id } = await record(`wire-content-${tries}`)
    const found = await api.get<RequestDetail>(`${base}/requests/${id}`)
    return found.request.state === 'recorded' && found
  })
  const contentOf = (body: RequestDetail['request']) => (body.state === 'recorded' ? body.content : '')
  expect(JSON.parse(contentOf(detail.request))).toMatchObject({
    messages: [{ role: 'user', content: 'Hello there' }],
  })
  expect(JSON.parse(contentOf(detail.response))).toMatchObject({ object: 'chat.completion' })
  expect(JSON.stringify(detail)).not.toContain(providerKey)
})

test('another routing is tried on the requests that there were', async () => {
  for (const model of ['special-1', 'special-2']) {
    await ask(`wire-${model}`, { model })
    await record(`wire-${model}`)
  }
  const routing = {
    mode: 'model-name',
    rules: [{ pattern: 'special-*', target: { serviceId: far.id, model: null } }],
    default: { serviceId: near.id, model: null },
  }
  const answer = await api.post<WhatIfResult>(`${base}/model-apis/chat/what-if`, { routing })
  expect(answer).toMatchObject({ moved: 2, refused: 0, unknown: 0, isEstimate: false })
  expect(
    answer.moves.map(({ from, to }) => [from?.service.name, to?.service.name, to?.model]).sort(),
  ).toEqual([
    ['near', 'far', 'special-1'],
    ['near', 'far', 'special-2'],
  ])
  const all = await api.get<ModelApi>(`${base}/model-apis/chat`)
  expect(all.routing).toEqual(chat.routing)
})
