import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

const base = '/workspaces/wire'
/** Answers chats with the model that is asked, but for `tiny`, which sorts; flags what is bad. */
const answers = { status: 200 }
const sorted = (prompt: string) => (prompt.includes('contract') ? 'legal' : 'I do not know.')
let server: Server
let installation: Installation
let api: ConsoleApi
let serviceId: string

beforeAll(async () => {
  server = createServer(async (received, response) => {
    const body = JSON.parse(await text(received))
    response.writeHead(answers.status, { 'content-type': 'application/json' })
    if (received.url === '/v1/moderations') {
      const results = [body.input].flat().map((input: string) => {
        const flagged = input.includes('bad')
        return { flagged, categories: { violence: flagged } }
      })
      response.end(JSON.stringify({ results }))
      return
    }
    const content = body.model === 'tiny' ? sorted(body.messages[1].content) : `${body.model} is not bad`
    const message = { role: 'assistant', content }
    const choices = [{ index: 0, message, finish_reason: 'stop' }]
    response.end(
      JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: body.model, choices }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const ai = {
    provider: 'openai-compatible',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKeys: ['sk-abcdefghijk'],
  }
  const service = { name: 'all', gatewayId: 'shared', source: 'ai', ai }
  serviceId = (await api.post<UpstreamService>(`${base}/services`, service)).id
})
afterAll(async () => {
  await installation?.stop()
  server?.close()
  server?.closeAllConnections()
})

async function chat(path: string, content: string) {
  const { statusCode, body } = await request(`${installation.internetUrl}${path}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content }] }),
    headersTimeout: 30_000,
  })
  const answer = JSON.parse(await body.text())
  const choice = answer.choices?.[0]
  return {
    status: statusCode,
    code: answer.error?.code,
    said: choice?.message.content,
    stop: choice?.finish_reason,
  }
}

const publish = (name: string, fields: object) =>
  api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name, gatewayId: 'shared', basePath: `/${name}`, removeBasePath: true },
    ...fields,
  })

test('a model tells intents apart, and whatever else it says takes the default', async () => {
  const to = (model: string) => ({ serviceId, model })
  const routing = {
    mode: 'intent',
    classifier: { type: 'model', serviceId, model: 'tiny', timeoutMs: 10_000 },
    labels: [{ name: 'legal', description: 'Contracts and law' }, { name: 'other' }],
    intents: { legal: to('lawyer') },
    default: to('otherwise'),
  }
  await publish('sorted', { routing })
  const found = await until('the API answers', async () => {
    const answer = await chat('/sorted', 'Read this contract')
    return answer.status === 200 && answer
  })
  expect(found.said).toBe('lawyer is not bad')
  expect((await chat('/sorted', 'Hello, answer legal')).said).toBe('otherwise is not bad')
})

test('a service judges requests and answers, and decides by policy when it fails', async () => {
  const endpoint = { serviceId, categories: [{ name: 'violence' }], timeoutMs: 10_000 }
  const single = { mode: 'single', target: { serviceId, model: 'fine' } }
  const { id, version } = await publish('judged', {
    routing: single,
    plugins: { moderation: { enabled: true, request: true, reply: true, endpoint } },
  })
  const refused = await until('the API answers', async () => {
    const answer = await chat('/judged', 'a bad request')
    return answer.status !== 404 && answer
  })
  expect(refused).toMatchObject({ status: 400, code: 'content_blocked' })
  expect(await chat('/judged', 'a good one')).toMatchObject({
    status: 200,
    said: null,
    stop: 'content_filter',
  })
  answers.status = 500
  expect(await chat('/judged', 'a good one')).toMatchObject({ status: 503, code: 'moderation_unavailable' })
  answers.status = 200
  await api.patch(`${base}/model-apis/${id}`, {
    version,
    plugins: { moderation: { enabled: true, request: true, reply: false, endpoint } },
  })
  await until('answers pass', async () => (await chat('/judged', 'a good one')).said === 'fine is not bad')
})
