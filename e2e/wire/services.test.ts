import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, deployService } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { Certificate } from '@/lib/domain/certificate.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { ServiceTestResult } from '@/lib/domain/test-service.ts'
import type { CreateServiceForm, UpstreamService } from '@/lib/domain/upstream-service.ts'

const keys = ['sk-first-key-of-the-test-0001', 'sk-second-key-of-the-test-0002'] as const
const authority = new TestAuthority()
let installation: Installation
let first: ModelServer
let second: ModelServer
let api: ConsoleApi

beforeAll(async () => {
  first = await createModelServer({ apiKey: keys[0] })
  second = await createModelServer({ apiKey: keys[1] })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
})
afterAll(async () => {
  await installation?.stop()
  await first?.close()
  await second?.close()
  authority.close()
})

const base = '/workspaces/wire'
const create = (form: CreateServiceForm) => api.post<UpstreamService>(`${base}/services`, form)
const read = (id: string) => api.get<UpstreamService>(`${base}/services/${id}`)

async function change({ id }: UpstreamService, fields: object): Promise<UpstreamService> {
  const { version } = await read(id)
  return await api.patch(`${base}/services/${id}`, { version, ...fields })
}

/** Below `/<name>`, so that each test has an API of its own. */
function publish(name: string, { id: serviceId }: UpstreamService, fields: object = {}): Promise<ModelApi> {
  const routing = { mode: 'single', target: { serviceId, model: null } }
  const place = { gatewayId: 'shared', basePath: `/${name}`, removeBasePath: true }
  return api.post<ModelApi>(`${base}/model-apis`, { name, ...place, routing, ...fields })
}

interface Answer {
  readonly status: number
  readonly text: string
}

async function chat(name: string, body: object = {}, path = '/v1/chat/completions'): Promise<Answer> {
  const messages = [{ role: 'user', content: 'Hello' }]
  const { statusCode, body: answer } = await request(`${installation.internetUrl}/${name}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer what-the-caller-shows' },
    body: JSON.stringify({ model: 'sample-model', max_tokens: 16, messages, ...body }),
    headersTimeout: 30_000,
  })
  return { status: statusCode, text: await answer.text() }
}

function untilStatus(name: string, wanted: number): Promise<Answer> {
  return until(`${name} answers ${wanted}`, async () => {
    const answer = await chat(name)
    return answer.status === wanted && answer
  })
}

/** Two callers, one call after the other, from before an act until many calls after it. */
async function whileCalling<T>(name: string, act: () => Promise<T>) {
  const statuses: number[] = []
  let isOver = false
  const callers = [1, 2].map(async () => {
    while (!isOver) statuses.push((await chat(name)).status)
  })
  const untilMore = (count: number) => {
    const wanted = statuses.length + count
    return until(`${name} is called`, () => Promise.resolve(statuses.length >= wanted))
  }
  try {
    await untilMore(10)
    const result = await act()
    await untilMore(100)
    return { result, statuses }
  } finally {
    isOver = true
    await Promise.allSettled(callers)
  }
}

const compatible = (url: string, apiKeys: readonly (string | { id: string })[], fields: object = {}) => ({
  ...{ provider: 'openai-compatible', baseUrl: `${url}/v1`, apiKeys: [...apiKeys], ...fields },
})
const aiService = (name: string, url: string, key: string): CreateServiceForm => ({
  ...{ name, gatewayId: 'shared', source: 'ai', ai: compatible(url, [key]) },
})
const authorizationsAt = (server: ModelServer) =>
  server.requests.map(({ headers }) => headers['authorization'])

test('a Model API answers chats, whole and as a stream, with the service’s key and never the caller’s', async () => {
  const service = await create(aiService('chat', first.url, keys[0]))
  expect((await chat('chat')).status).toBe(404)
  const { addresses } = await publish('chat', service)
  expect(addresses.map(({ url }) => url)).toContain(`${installation.internetUrl}/chat/v1/chat/completions`)
  const whole = await untilStatus('chat', 200)
  expect(JSON.parse(whole.text)).toMatchObject({ object: 'chat.completion', usage: expect.anything() })
  const stream = await chat('chat', { stream: true })
  expect(stream.text).toContain('"chat.completion.chunk"')
  expect(stream.text.trimEnd()).toMatch(/data: \[DONE\]$/)
  expect(new Set(authorizationsAt(first))).toEqual(new Set([`Bearer ${keys[0]}`]))
  await api.delete(`${base}/model-apis/chat`)
  await untilStatus('chat', 404)
})

test('a service that speaks OpenAI answers callers that speak Anthropic', async () => {
  const service = await create(aiService('for-claude', first.url, keys[0]))
  await publish('for-claude', service, { protocol: 'anthropic' })
  const answer = await until('messages are answered', async () => {
    const now = await chat('for-claude', {}, '/v1/messages')
    return now.status === 200 && now
  })
  expect(JSON.parse(answer.text)).toMatchObject({ type: 'message', role: 'assistant' })
})

test('a changed key and a changed address act on the wire, and keys stay with their address', async () => {
  const service = await create(aiService('moving', first.url, keys[1]))
  await publish('moving', service)
  await untilStatus('moving', 502)
  await change(service, { ai: compatible(first.url, [keys[0]]) })
  await untilStatus('moving', 200)
  const { keys: stored } = await read(service.id)
  await expect(
    change(service, {
      ai: compatible(
        second.url,
        stored.map(({ id }) => ({ id })),
      ),
    }),
  ).rejects.toThrow('key_again')
  const before = second.requests.length
  await change(service, { ai: compatible(second.url, [keys[1]]) })
  await until('the second server is asked', async () => {
    return (await chat('moving')).status === 200 && second.requests.length > before
  })
  expect(authorizationsAt(second)).not.toContain(`Bearer ${keys[0]}`)
})

test('a refused key is passed over for the next, and the console says so', async () => {
  const ai = compatible(first.url, ['sk-nobody-knows-this-key-0003', keys[0]], {
    keyFailover: { failures: 1, retryMs: 600_000 },
  })
  const service = await create({ name: 'failover', gatewayId: 'shared', source: 'ai', ai })
  await publish('failover', service)
  await untilStatus('failover', 200)
  const states = await until('the console knows of the refused key', async () => {
    const { keys: seen } = await read(service.id)
    return seen[0]?.state === 'failing' && seen
  })
  expect(states).toMatchObject([{ reason: expect.stringContaining('401') }, { state: 'ready' }])
  expect((await read(service.id)).health.state).toBe('degraded')
})

test('a slow answer ends at the service’s request timeout, and not before', async () => {
  const service = await create({ ...aiService('slow', first.url, keys[0]), requestTimeoutMs: 1000 })
  await publish('slow', service)
  await untilStatus('slow', 200)
  const slow = { model: 'sample-model~delay=3000' }
  expect((await chat('slow', slow)).status).toBe(504)
  await change(service, { requestTimeoutMs: 20_000 })
  await until('the longer timeout acts', async () => (await chat('slow', slow)).status === 200)
})

test('PAI-EAS takes address and token from an inference service, and follows its rotation', async () => {
  const open = await createModelServer()
  try {
    const leader = await deployService(api, 'wire', { name: 'leader', url: open.url })
    const options = { service: leader.id, connection: 'internet' }
    const service = await create({
      ...{ name: 'follower', gatewayId: 'shared', source: 'ai' },
      ai: { provider: 'pai-eas', options },
    })
    expect(service.address).toBe(`${installation.internetUrl}/api/predict/leader`)
    await publish('follower', service)
    await untilStatus('follower', 200)
    const { result: rotated, statuses } = await whileCalling('follower', () =>
      api.post<{ token: string }>(`${leader.path}/tokens`, { graceSeconds: 900 }),
    )
    expect(rotated.token).not.toBe(leader.token)
    expect(new Set(statuses)).toEqual(new Set([200]))
    await api.post(`${leader.path}/tokens`, { graceSeconds: 0 })
    await until('the old token is refused', async () => {
      const headers = { authorization: rotated.token }
      const old = await request(`${installation.internetUrl}/api/predict/leader/v1/models`, { headers })
      await old.body.dump()
      return old.statusCode === 401
    })
    await untilStatus('follower', 200)
    const refused = await api.send('DELETE', `${leader.path}?confirm=leader`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'in_use' } })
  } finally {
    await open.close()
  }
})

test('TLS to upstreams: none, one-way with an authority of one’s own, and mutual', async () => {
  const leaf = authority.issue({ names: ['chat.test'] })
  const answer = (_: IncomingMessage, response: ServerResponse) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ object: 'chat.completion', choices: [] }))
  }
  const tls = { key: leaf.key, cert: authority.chain(leaf), ca: authority.root.cert }
  const servers = [
    createServer(answer),
    createTlsServer(tls, answer),
    createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: true }, answer),
  ]
  const [plain, oneWay, mutual] = await Promise.all(servers.map(listen))
  const certificate = await upload('client', authority.issue({ names: ['gateway.test'] }))
  const ca = authority.root.cert
  const verified = { mode: 'one-way', ca, serverName: 'chat.test' } as const
  const shown = { ...verified, mode: 'mutual', certificateId: certificate.id } as const
  const fixed = (address: string | undefined, mode: object) => ({
    fixed: { addresses: [address ?? ''], tls: mode },
  })
  try {
    const service = await create({
      ...{ name: 'tls', gatewayId: 'shared', source: 'fixed' },
      fixed: { addresses: [plain ?? ''] },
    })
    await publish('tls', service)
    const worksWith = async (fields: object) => {
      await change(service, fields)
      await untilStatus('tls', 200)
      await until(
        'the console knows that it answers',
        async () => (await read(service.id)).health.state === 'healthy',
      )
    }
    // Whether a handshake fails before or after the request was sent depends on who refuses whom.
    const untilRefused = () => until('the handshake fails', async () => (await chat('tls')).status >= 502)
    const failsWith = async (fields: object) => {
      await change(service, fields)
      await untilRefused()
    }
    await untilStatus('tls', 200)
    await failsWith(fixed(oneWay, { mode: 'off' }))
    await worksWith(fixed(oneWay, verified))
    await failsWith(fixed(oneWay, { ...verified, ca: null }))
    await worksWith(fixed(oneWay, verified))
    await failsWith(fixed(oneWay, { ...verified, serverName: 'other.test' }))
    await worksWith(fixed(oneWay, verified))
    await failsWith(fixed(mutual, verified))
    await worksWith(fixed(mutual, shown))
    const strange = new TestAuthority()
    const foreign = strange.issue({ names: ['gateway.test'] })
    const body = { version: certificate.version, chain: strange.chain(foreign), key: foreign.key }
    strange.close()
    await api.patch(`${base}/certificates/${certificate.id}`, body)
    await untilRefused()
  } finally {
    for (const server of servers) server.closeAllConnections()
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
})

function upload(name: string, leaf: { cert: string; key: string }): Promise<Certificate> {
  const body = { name, chain: authority.chain(leaf), key: leaf.key }
  return api.post<Certificate>(`${base}/certificates`, body)
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`))
  })
}

test('Test connection asks the model chosen, before and after saving, and sends keys nowhere else', async () => {
  const form = aiService('tried', first.url, keys[0])
  const draft = await api.post<ServiceTestResult>(`${base}/services/test`, {
    service: form,
    test: { model: 'chosen-model', stream: true },
  })
  expect(draft).toMatchObject({ ok: true, status: 200, modelAsked: 'chosen-model', message: null })
  const service = await create(form)
  const stored = await api.post<ServiceTestResult>(`${base}/services/${service.id}/test`, {
    model: 'another-model',
  })
  expect(stored).toMatchObject({ ok: true, modelAsked: 'another-model', modelAnswered: 'another-model' })
  const kept = service.keys.map(({ id }) => ({ id }))
  const edited = (url: string) => ({
    serviceId: service.id,
    service: { ...form, ai: compatible(url, kept) },
    test: { model: 'chosen-model' },
  })
  expect((await api.post<ServiceTestResult>(`${base}/services/test`, edited(first.url))).ok).toBe(true)
  const before = second.requests.length
  expect(await api.send('POST', `${base}/services/test`, edited(second.url))).toMatchObject({
    status: 422,
    body: { invalidFields: [{ path: 'service.ai.apiKeys.0.value', code: 'key_again' }] },
  })
  expect(second.requests.length).toBe(before)
  const refused = await api.post<ServiceTestResult>(`${base}/services/test`, {
    service: aiService('refused', first.url, keys[1]),
    test: { model: 'chosen-model' },
  })
  expect(refused).toMatchObject({ ok: false, status: 401, errorSource: 'upstream' })
  const { models } = await api.post<{ models: string[] }>(`${base}/services/models`, { service: form })
  expect(models.length).toBeGreaterThan(0)
})

test('a service stays while a Model API routes to it', async () => {
  const service = await create(aiService('kept', first.url, keys[0]))
  await publish('kept', service)
  const refused = await api.send<{ current: object }>('DELETE', `${base}/services/kept`)
  expect(refused).toMatchObject({ status: 409, body: { code: 'in_use' } })
  expect(refused.body.current).toMatchObject({ users: [{ kind: 'model-api', name: 'kept' }] })
  await untilStatus('kept', 200)
  await api.delete(`${base}/model-apis/kept`)
  await api.delete(`${base}/services/kept`)
  expect((await api.send('GET', `${base}/services/kept`)).status).toBe(404)
})
