import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { ModelRoutingForm } from '@/lib/domain/model-routing.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

let installation: Installation
let api: ConsoleApi
let first: ModelServer
let second: ModelServer
let firstId: string
let secondId: string

beforeAll(async () => {
  first = await createModelServer()
  second = await createModelServer()
  // One node, because each deals and measures for itself.
  installation = await startInstallation({ env: { SWITCHYARD_GATEWAY_NODES: '1' } })
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'routes')
  firstId = await serviceAt('first', first.url)
  secondId = await serviceAt('second', second.url)
})
afterAll(async () => {
  await installation?.stop()
  await first?.close()
  await second?.close()
})

const base = '/workspaces/routes'

async function serviceAt(name: string, url: string): Promise<string> {
  const ai = { provider: 'openai-compatible', baseUrl: `${url}/v1`, apiKeys: ['sk-of-the-test-0001'] }
  const body = { name, gatewayId: 'shared', source: 'ai', ai }
  return (await api.post<UpstreamService>(`${base}/services`, body)).id
}

/** Below `/<name>`, so that each test has an API of its own. */
async function publish(name: string, routing: ModelRoutingForm, fields: object = {}): Promise<void> {
  const place = { gatewayId: 'shared', basePath: `/${name}`, removeBasePath: true }
  await api.post<ModelApi>(`${base}/model-apis`, { name, ...place, routing, ...fields })
  await until(`${name} answers`, async () => (await ask(name)).status !== 404)
}

async function change(name: string, fields: object): Promise<void> {
  const { version } = await api.get<ModelApi>(`${base}/model-apis/${name}`)
  await api.patch(`${base}/model-apis/${name}`, { version, ...fields })
}

const to = (serviceId: string, model: string | null = null) => ({ serviceId, model })
/** What a test begins with, and tells apart from what it changes to. */
const before = (): ModelRoutingForm => ({ mode: 'single', target: to(firstId, 'before') })
const untilModel = (name: string, wanted: string, body: object = {}) =>
  until(`${name} answers with ${wanted}`, async () => (await ask(name, body)).model === wanted)

interface Answer {
  readonly status: number
  readonly text: string
  /** As the service names it. */
  readonly model: string | null
}

const send = (name: string, body: object) =>
  request(`${installation.internetUrl}/${name}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'any', messages: [{ role: 'user', content: 'Hello' }], ...body }),
    headersTimeout: 30_000,
  })

async function ask(name: string, body: object = {}): Promise<Answer> {
  const { statusCode: status, body: answer } = await send(name, body)
  const text = await answer.text()
  return { status, text, model: /"model":"([^"]*)"/.exec(text)?.[1] ?? null }
}

const prompt = (content: string) => ({ messages: [{ role: 'user', content }] })

test('by model name: the first rule that takes it, rewritten or as it is, else the default or 404', async () => {
  await publish('by-name', before())
  const rules = [
    { pattern: 'qwen-*', target: to(firstId) },
    { pattern: 'gpt-?', target: to(secondId, 'rewritten') },
  ]
  await change('by-name', { routing: { mode: 'model-name', rules, default: to(secondId, 'otherwise') } })
  await untilModel('by-name', 'otherwise')
  expect((await ask('by-name', { model: 'qwen-max' })).model).toBe('qwen-max')
  expect((await ask('by-name', { model: 'gpt-4' })).model).toBe('rewritten')
  expect((await ask('by-name', { model: 'gpt-4o' })).model).toBe('otherwise')
  await change('by-name', { routing: { mode: 'model-name', rules } })
  const refused = await until('what no rule takes is refused', async () => {
    const answer = await ask('by-name', { model: 'gpt-4o' })
    return answer.status === 404 && answer
  })
  expect(JSON.parse(refused.text).error).toMatchObject({ code: 'model_not_routed' })
  expect(refused.text).toContain('gpt-4o')
  expect((await ask('by-name', { model: 'qwen-max' })).model).toBe('qwen-max')
})

test('by proportion: each hundred calls are split as the weights say', async () => {
  await publish('by-weight', before())
  const targets = [
    { ...to(firstId, 'seventy'), weight: 70 },
    { ...to(secondId, 'thirty'), weight: 30 },
  ]
  await change('by-weight', { routing: { mode: 'weight', targets } })
  const counts = { seventy: 0, thirty: 0 }
  await until('two hundred calls were split', async () => {
    for (let calls = 0; calls < 20; calls += 1) {
      const { model } = await ask('by-weight')
      if (model === 'seventy' || model === 'thirty') counts[model] += 1
      if (counts.seventy + counts.thirty === 200) return true
    }
    return false
  })
  expect(counts).toEqual({ seventy: 140, thirty: 60 })
})

test('by metrics: calls that are open keep others away', async () => {
  const stands = await Promise.all([startHolding(), startHolding()])
  try {
    const targets = await Promise.all(
      stands.map(async ({ url }, index) => to(await serviceAt(`holding-${index}`, url), 'metered')),
    )
    await publish('by-metrics', before())
    await change('by-metrics', {
      routing: { mode: 'metrics', objective: 'least-busy', maxShare: 1, targets },
    })
    const isHeld = () => stands.reduce((sum, { held }) => sum + held.length, 0)
    const open: Array<Promise<Answer>> = []
    await until('the routing acts', async () => {
      const answer = await send('by-metrics', { stream: true })
      if (isHeld() === 0) await answer.body.dump()
      else open.push(toAnswer(answer))
      return isHeld() === 1
    })
    for (let calls = 1; calls < 8; calls += 1) open.push(toAnswer(await send('by-metrics', { stream: true })))
    expect(stands.map(({ held }) => held.length)).toEqual([4, 4])
    for (const stand of stands) stand.release()
    for (const { text } of await Promise.all(open)) expect(text.trimEnd()).toMatch(/data: \[DONE\]$/)
  } finally {
    for (const stand of stands) await stand.close()
  }
})

test('by intent: what a prompt asks for decides, and what none is set for goes to the default', async () => {
  await publish('by-intent', before())
  const intents = { code: to(firstId, 'coder'), translation: to(secondId, 'translator') }
  await change('by-intent', { routing: { mode: 'intent', intents, default: to(secondId, 'otherwise') } })
  const code = prompt('Fix this Python function, it raises a TypeError: def add(a, b): return a + str(b)')
  await untilModel('by-intent', 'coder', code)
  const translation = prompt('请把下面这句话翻译成英文：今天天气很好，我们去公园散步吧。')
  expect((await ask('by-intent', translation)).model).toBe('translator')
  const sum = prompt('Solve the equation 3x^2 - 12x + 9 = 0 and prove that both roots are positive.')
  expect((await ask('by-intent', sum)).model).toBe('otherwise')
})

test('fallback: one after the other until one answers well, each from what the caller sent', async () => {
  await publish('fallback', { mode: 'single', target: to(firstId, 'broken~status=500') })
  expect((await ask('fallback')).status).toBe(500)
  const targets = [to(secondId, 'broken~status=429'), to(secondId), to(firstId, 'never')]
  await change('fallback', { fallback: { enabled: true, targets } })
  const good = await until('the fallback answers', async () => {
    const answer = await ask('fallback', { model: 'as-sent' })
    return answer.status === 200 && answer
  })
  expect(good.model).toBe('as-sent')
  const dead = await startHolding()
  await dead.close()
  const routing = { mode: 'single', target: to(await serviceAt('dead', dead.url)) }
  await change('fallback', { routing, fallback: { enabled: true, targets: [to(secondId, 'spare')] } })
  await untilModel('fallback', 'spare')
  const upstreamErrorsOnly = { enabled: true, upstreamErrorsOnly: true, targets: [to(secondId, 'spare')] }
  await change('fallback', { fallback: upstreamErrorsOnly })
  const told = await until('what no service answered is told', async () => {
    const answer = await ask('fallback')
    return answer.status !== 200 && answer
  })
  expect(told.status).toBeGreaterThanOrEqual(502)
  expect(JSON.parse(told.text).error.code).toMatch(/^(upstream_unreachable|no_ready_instance)$/)
})

test('the first packet timeout leaves a silent stream for the fallback', async () => {
  const silent = await startHolding({ isSilent: true })
  try {
    const routing = { mode: 'single' as const, target: to(await serviceAt('silent', silent.url)) }
    await publish('first-packet', before())
    const fallback = { enabled: true, targets: [to(secondId, 'spare')] }
    await change('first-packet', { routing, fallback, firstPacketTimeoutMs: 200 })
    await until('the silent service is asked and left', async () => {
      const { model, text } = await ask('first-packet', { stream: true })
      return silent.held.length > 0 && model === 'spare' && text.trimEnd().endsWith('data: [DONE]')
    })
    await change('first-packet', { fallback: { enabled: false, targets: [] } })
    const late = await until('the timeout is told', async () => {
      const answer = await ask('first-packet', { stream: true })
      return answer.status !== 200 && answer
    })
    expect(late.status).toBe(504)
    expect(JSON.parse(late.text).error.code).toBe('first_packet_timed_out')
  } finally {
    await silent.close()
  }
})

test('one that is off refuses every call and says its name, until it is on again', async () => {
  await publish('switched', before())
  await change('switched', { enabled: false })
  const refused = await until('it refuses', async () => {
    const answer = await ask('switched')
    return answer.status === 404 && answer
  })
  expect(JSON.parse(refused.text).error).toMatchObject({
    code: 'model_api_disabled',
    message: expect.stringContaining('switched'),
  })
  await change('switched', { enabled: true })
  await untilModel('switched', 'before')
})

test('a route that is off answers 404 and names those that are on', async () => {
  await publish('half', before())
  await change('half', { disabledRoutes: ['chat-completions', 'embeddings'] })
  const refused = await until('the route is off', async () => {
    const answer = await ask('half')
    return answer.status === 404 && answer
  })
  expect(JSON.parse(refused.text).error).toMatchObject({
    code: 'route_not_found',
    message: expect.stringContaining('/half/v1/completions'),
  })
  await change('half', { disabledRoutes: [] })
  await untilModel('half', 'before')
})

test('a change of routing under load loses no call and no open stream', async () => {
  const holding = await startHolding()
  try {
    const heldId = await serviceAt('held', holding.url)
    const rules = [{ pattern: 'held', target: to(heldId) }]
    await publish('changing', { mode: 'model-name', rules, default: to(firstId, 'old') })
    const open = await Promise.all(
      Array.from({ length: 10 }, () => send('changing', { model: 'held', stream: true })),
    )
    expect(open.map(({ statusCode }) => statusCode)).toEqual(new Array(10).fill(200))
    const streams = open.map(toAnswer)
    const answers: Answer[] = []
    let isOver = false
    const caller = (async () => {
      while (!isOver) {
        answers.push(await ask('changing'))
        await pause(2)
      }
    })()
    const seen = (model: string) => answers.some((answer) => answer.model === model)
    try {
      await until('calls go on', () => seen('old'))
      await change('changing', { routing: { mode: 'single', target: to(secondId, 'new') } })
      await until('the new routing acts', () => seen('new'))
    } finally {
      isOver = true
      await caller
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(answers.at(-1)?.model).toBe('new')
    expect(holding.held).toHaveLength(10)
    holding.release()
    for (const { text } of await Promise.all(streams)) expect(text.trimEnd()).toMatch(/data: \[DONE\]$/)
  } finally {
    await holding.close()
  }
})

async function toAnswer({ statusCode, body }: Awaited<ReturnType<typeof send>>): Promise<Answer> {
  return { status: statusCode, text: await body.text(), model: null }
}

interface Holding {
  readonly url: string
  /** Streams that have begun and not ended, unless it is silent: then what was asked. */
  readonly held: ServerResponse[]
  release(): void
  close(): Promise<void>
}

/** A service whose streams say one word and wait until they are released; a silent one says nothing. */
async function startHolding({ isSilent = false } = {}): Promise<Holding> {
  const held: ServerResponse[] = []
  const server = createServer((asked, response) => {
    asked.resume().on('end', () => {
      held.push(response)
      if (isSilent) return
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify(chunk('Hello'))}\n\n`)
    })
  })
  return {
    url: await listen(server),
    held,
    release: () => {
      for (const response of held) response.end('data: [DONE]\n\n')
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

const chunk = (content: string) => ({
  ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model: 'holding' },
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
})

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
  })
}
