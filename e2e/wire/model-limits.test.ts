import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { ApiKeyCredential, Consumer } from '@/lib/domain/consumer.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

/** What is set in the console is refused at the gateway, by two nodes that count together. */

const base = '/workspaces/wire'
const providerKey = 'sk-the-key-of-the-provider-01'
let installation: Installation
let server: ModelServer
let api: ConsoleApi
let limited: ModelApi

beforeAll(async () => {
  server = await createModelServer({ apiKey: providerKey })
  installation = await startInstallation({ env: { SWITCHYARD_GATEWAY_NODES: '2' } })
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const ai = { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys: [providerKey] }
  const service = await api.post<UpstreamService>(`${base}/services`, {
    ...{ name: 'model', gatewayId: 'shared', source: 'ai', ai },
  })
  limited = await api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name: 'limited', gatewayId: 'shared', basePath: '/limited', removeBasePath: true },
    routing: { mode: 'single', target: { serviceId: service.id, model: null } },
  })
})
afterAll(async () => {
  await installation?.stop()
  await server?.close()
})

interface Call {
  readonly model?: string
  readonly headers?: Record<string, string>
}

async function chat({ model = 'sample-model', headers }: Call = {}) {
  const answer = await request(`${installation.internetUrl}/limited/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
    headersTimeout: 30_000,
  })
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
}

/** Plugins that are left out are off. */
async function set(plugins: object): Promise<void> {
  const off = { enabled: false, rules: [] }
  const { version } = await api.get<ModelApi>(`${base}/model-apis/limited`)
  const all = { authorization: { enabled: false }, rateLimits: off, quotas: off, ...plugins }
  await api.patch(`${base}/model-apis/limited`, { version, plugins: all })
}

const rates = (...rules: object[]) => ({ rateLimits: { enabled: true, rules } })
const quotas = (...rules: object[]) => ({ quotas: { enabled: true, rules } })

/** Asks until it is refused in these words, as it is once its rule is known and used up. */
function untilRefused(words: string, call: Call = {}) {
  return until(`refused: ${words}`, async () => {
    const answer = await chat(call)
    return answer.status === 429 && answer.text.includes(words) && answer
  })
}

describe('A rate limit refuses on the wire', () => {
  test('requests over all', async () => {
    await set(rates({ amount: 4, window: 'hour' }))
    const refused = await untilRefused('This API takes 4 requests per hour. Try again in')
    expect(JSON.parse(refused.text).error).toMatchObject({ code: 'rate_limited', type: 'rate_limit_error' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(1)
    expect(refused.headers['x-ratelimit-limit-requests']).toBe('4')
    expect(refused.headers['x-ratelimit-remaining-requests']).toBe('0')
  })

  test('tokens, once an answer has told them', async () => {
    await set(rates({ amount: 30, unit: 'tokens', window: 'hour' }))
    const refused = await untilRefused('This API takes 30 tokens per hour.')
    expect(refused.headers['x-ratelimit-limit-tokens']).toBe('30')
  })

  test('each model by itself', async () => {
    await set(rates({ by: 'model', match: 'one-*', amount: 3, window: 'hour' }))
    await untilRefused('3 requests per hour for each model', { model: 'one-a' })
    expect((await chat({ model: 'one-b' })).status).toBe(200)
    expect((await chat({ model: 'two' })).headers['x-ratelimit-limit-requests']).toBeUndefined()
  })

  test('each value of a header by itself', async () => {
    await set(rates({ by: 'header', header: 'X-Team', amount: 3, window: 'hour' }))
    await untilRefused('3 requests per hour for each value of x-team', { headers: { 'x-team': 'blue' } })
    expect((await chat({ headers: { 'x-team': 'red' } })).status).toBe(200)
  })

  test('each client address by itself, whatever a caller says that it is', async () => {
    await set(rates({ by: 'address', amount: 3, window: 'hour' }))
    const words = '3 requests per hour for each client address'
    await untilRefused(words, { headers: { 'x-forwarded-for': '192.0.2.1' } })
    await untilRefused(words, { headers: { 'x-forwarded-for': '192.0.2.2' } })
  })

  test('each consumer by itself, and only where consumers are known', async () => {
    const byConsumer = rates({ by: 'consumer', amount: 3, window: 'hour' })
    const { version } = await api.get<ModelApi>(`${base}/model-apis/limited`)
    const plugins = { authorization: { enabled: false }, ...byConsumer }
    const answer = await api.send('PATCH', `${base}/model-apis/limited`, { version, plugins })
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.body)).toContain('Switch consumer authorization on')

    const keys: string[] = []
    for (const name of ['busy', 'calm']) {
      const { credentials } = await api.post<Consumer>(`${base}/consumers`, {
        ...{ name, modelApiIds: [limited.id], credentials: [{ type: 'api-key' }] },
      })
      keys.push(String((credentials[0] as ApiKeyCredential).key))
    }
    await set({ authorization: { enabled: true }, ...byConsumer })
    const [busy, calm] = keys.map((key) => ({ headers: { authorization: `Bearer ${key}` } }))
    await untilRefused('3 requests per hour for each consumer', busy)
    expect((await chat(calm)).status).toBe(200)
  })

  test('with the next second it is over', async () => {
    await set(rates({ amount: 1, window: 'second' }))
    await until('refused', async () => {
      const seen = await Promise.all([chat(), chat(), chat()])
      return seen.some(({ status, text }) => status === 429 && text.includes('1 request per second'))
    })
    await until('admitted', async () => (await chat()).status === 200)
  })
})

describe('A quota', () => {
  const month = { by: 'header', header: 'x-team', unit: 'requests', period: 'month' }

  test('is used up for each value until its period is over', async () => {
    await set(quotas({ ...month, amount: 3 }))
    const blue = { headers: { 'x-team': 'blue' } }
    const refused = await untilRefused('The quota of 3 requests per month for each value of x-team', blue)
    expect(JSON.parse(refused.text).error.code).toBe('quota_exceeded')
    expect(refused.text).toMatch(/It renews at \d{4}-\d\d-01T00:00:00Z\./)
    expect(refused.text).not.toContain('blue')
    expect((await chat({ headers: { 'x-team': 'red' } })).status).toBe(200)
  })

  test('outlives its nodes, its supervisor, and a supervisor that is killed; more of it counts on', async () => {
    const total = { unit: 'requests', period: 'total' }
    await set(quotas({ ...total, amount: 7 }))
    const words = 'The quota of 7 requests in all of this API is used up. It does not renew.'
    await untilRefused(words)
    const { gateways } = await installation.pids()
    for (const pid of gateways) process.kill(pid, 'SIGKILL')
    await until('other nodes run', async () => {
      const now = (await installation.pids()).gateways
      return now.length === gateways.length && !now.some((pid) => gateways.includes(pid))
    })
    /** A node that starts may serve what it stored last, of before this quota; that is not meant. */
    const passedByQuota: string[] = []
    const untilRefusedAgain = () =>
      until('a node refuses', async () => {
        const answer = await chat()
        if (answer.status === 200 && answer.headers['x-ratelimit-limit-requests'] === '7') {
          passedByQuota.push(answer.text)
        }
        return answer.status === 429 && answer.text.includes(words)
      })
    await untilRefusedAgain()
    await installation.restart()
    await untilRefusedAgain()
    await installation.restart('SIGKILL')
    await untilRefusedAgain()
    expect(passedByQuota).toEqual([])

    await set(quotas({ ...total, amount: 9 }))
    const passed: number[] = []
    const refused = await until('the larger quota is used up', async () => {
      const answer = await chat()
      if (answer.status === 200) passed.push(answer.status)
      return answer.status === 429 && answer.text.includes('9 requests in all') && answer
    })
    expect(passed).toHaveLength(2)
    expect(refused.headers['x-should-retry']).toBe('false')
  })
})
