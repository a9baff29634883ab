import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { claudeFake } from '@/e2e/fakes/providers/claude.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import { type DebugEvent, type DebugForm, debugBodyMax, debugEvent } from '@/lib/domain/debug.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

/** What the Debug panel is told, by the console as it is delivered: its server, its routes, its engine. */

const base = '/workspaces/wire'
const path = '/v1/chat/completions'
const keys = { server: 'sk-the-key-of-the-server-01', claude: 'sk-ant-api03-the-key-of-claude' }
let installation: Installation
let server: ModelServer
let claude: ProviderServer
let api: ConsoleApi
let services: { readonly server: UpstreamService; readonly claude: UpstreamService }
let chat: ModelApi

const aiService = (name: string, ai: object, gatewayId = 'shared') =>
  api.post<UpstreamService>(`${base}/services`, { name, gatewayId, source: 'ai', ai })
const compatible = () => ({
  ...{ provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys: [keys.server] },
})
const target = ({ id }: UpstreamService, model: string | null = null) => ({ serviceId: id, model })

beforeAll(async () => {
  server = await createModelServer({ apiKey: keys.server })
  claude = await createProviderServer(claudeFake, { keys: [keys.claude] })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const options = { oauth: 'false' }
  services = {
    server: await aiService('server', compatible()),
    claude: await aiService('claude', {
      ...{ provider: 'claude', protocol: 'native', baseUrl: claude.url, options, apiKeys: [keys.claude] },
    }),
  }
  chat = await api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name: 'chat', gatewayId: 'shared', basePath: '/chat', removeBasePath: true },
    routing: { mode: 'single', target: target(services.server) },
    fallback: { enabled: true, targets: [target(services.claude, 'claude-3-5-sonnet-latest')] },
  })
})
afterAll(async () => {
  await installation?.stop()
  await server?.close()
  await claude?.close()
})

const json = (value: object): DebugForm['body'] => ({ type: 'json', text: JSON.stringify(value) })
const question = (model: string, more: object = {}) => ({
  ...{ model, messages: [{ role: 'user', content: 'Hello' }], ...more },
})

function open(id: string, form: DebugForm, signal: AbortSignal = AbortSignal.timeout(60_000)) {
  return fetch(`${installation.consoleUrl}/api/v1${base}/model-apis/${id}/debug`, {
    method: 'POST',
    headers: { authorization: `Bearer ${installation.apiToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(form),
    signal,
  })
}

async function debug(id: string, form: DebugForm): Promise<DebugEvent[]> {
  const answer = await open(id, form)
  const text = await answer.text()
  expect(answer.status, text).toBe(200)
  for (const key of Object.values(keys)) expect(text).not.toContain(key)
  return text
    .trimEnd()
    .split('\n')
    .map((line) => debugEvent.parse(JSON.parse(line)))
}

const told = (events: readonly DebugEvent[], type: DebugEvent['type']) =>
  events.filter((event) => event.type === type)
const framesOf = (events: readonly DebugEvent[]) =>
  events.flatMap((event) => (event.type === 'frame' ? [event.content] : []))

test('a call goes the way of a caller’s, and each attempt is shown as it was sent', async () => {
  const asked = question('sample-model~status=503')
  const events = await debug(chat.id, { path, body: json(asked) })
  const attempts = events.flatMap((event) => (event.type === 'attempt' ? [event] : []))
  expect(attempts).toMatchObject([
    { service: { name: 'server' }, isConverted: false },
    { service: { name: 'claude' }, isConverted: true, model: 'claude-3-5-sonnet-latest' },
  ])
  expect(told(events, 'attempt-ended')).toMatchObject([
    { status: 503, reason: 'answered_error' },
    { status: 200, reason: null },
  ])
  const [first, second] = attempts
  const refused = server.requests.at(-1)
  expect(first?.request?.url).toBe(`${server.url}${path}`)
  expect(first?.request?.body?.content).toBe(refused?.body.toString())
  const answered = claude.calls.at(-1)
  expect(second?.request?.url).toBe(`${claude.url}/v1/messages`)
  expect(JSON.parse(second?.request?.body?.content ?? '')).toEqual(JSON.parse(String(answered?.body)))
  expect(second?.request?.headers).toContainEqual(['x-api-key', '••••aude'])
  expect(told(events, 'end')).toMatchObject([{ status: 200, errorSource: null, finishReason: 'stop' }])
  const sent = events.flatMap((event) => (event.type === 'sent' ? [event.request] : []))[0]
  const own = await until('the gateway has the API', async () => {
    const { statusCode, body } = await request(sent?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: sent?.body?.content ?? '',
    })
    const text = await body.text()
    return statusCode === 200 && text
  })
  const contentOf = (text: string) => JSON.parse(text).choices
  expect(contentOf(framesOf(events).join(''))).toEqual(contentOf(own))
})

test('a stream is told while it comes, and whoever leaves cancels it', async () => {
  const leave = new AbortController()
  const form = { path, body: json(question('sample-model~gap=100,delay=0', { stream: true })) }
  const answer = await open(chat.id, form, leave.signal)
  const reader = answer.body?.getReader()
  let text = ''
  while (!text.includes('"frame"')) text += Buffer.from((await reader?.read())?.value ?? []).toString()
  expect(text).not.toContain('"type":"end"')
  expect(server.requests.at(-1)?.state).toBe('open')
  leave.abort()
  await until('the service is cancelled', async () => server.requests.at(-1)?.state === 'aborted')
})

test('a stream that breaks off says so', async () => {
  const events = await debug(chat.id, { path, body: json(question('sample-model~cut=3', { stream: true })) })
  expect(framesOf(events).length).toBeGreaterThanOrEqual(3)
  for (const frame of framesOf(events)) expect(frame).toMatch(/\n\n$/)
  expect(told(events, 'attempt-ended')).toMatchObject([{ status: 200, reason: 'broke_off' }])
  expect(told(events, 'end')).toMatchObject([{ isBroken: true, errorSource: 'upstream' }])
})

test('ten megabytes go through the console, and more do not', async () => {
  const content = 'x'.repeat(debugBodyMax - 200)
  const large = { model: 'sample-model', messages: [{ role: 'user', content }] }
  const events = await debug(chat.id, { path, body: json(large) })
  expect(told(events, 'end')).toMatchObject([{ status: 200 }])
  expect(server.requests.at(-1)?.body.toString()).toContain(content)
  const refused = await open(chat.id, { path, body: { type: 'json', text: 'x'.repeat(debugBodyMax + 1) } })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('10 MiB')
})

test('an API of a gateway that runs nowhere can be debugged, too', async () => {
  const own = await api.post<Gateway>(`${base}/gateways`, { type: 'alb', name: 'own' })
  const service = await aiService('own-server', compatible(), own.id)
  const { id } = await api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name: 'own', gatewayId: own.id, basePath: '/own', removeBasePath: true },
    routing: { mode: 'single', target: target(service) },
  })
  const events = await debug(id, { path, body: json(question('sample-model')) })
  expect(told(events, 'end')).toMatchObject([{ status: 200 }])
})
