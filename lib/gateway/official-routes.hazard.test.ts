import Anthropic from '@anthropic-ai/sdk'
import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createModelServer } from '@/e2e/fakes/model-server.ts'
import {
  type ModelApiProtocol,
  type ModelApiUseCase,
  modelApiUseCases,
  protocolsOf,
  routesOf,
} from '@/lib/domain/model-api-routes.ts'
import { makeAddresses } from '@/lib/gateway/testing/make-discovered.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { comfyUiCallers, makeImages } from '@/lib/gateway/testing/route-callers/comfyui-callers.ts'
import { startComfyUiServer } from '@/lib/gateway/testing/route-callers/comfyui-server.ts'
import {
  modelStudioImageCallers,
  modelStudioRerankCallers,
  modelStudioSpeechCallers,
  modelStudioVideoCallers,
} from '@/lib/gateway/testing/route-callers/model-studio-callers.ts'
import { startModelStudioServer } from '@/lib/gateway/testing/route-callers/model-studio-server.ts'
import {
  embeddingCallers,
  imageCallers,
  otherCallers,
  speechCallers,
  textCallers,
} from '@/lib/gateway/testing/route-callers/openai-callers.ts'
import { startOpenAiServer } from '@/lib/gateway/testing/route-callers/openai-server.ts'
import {
  callersKey,
  type RouteCallers,
  type RouteServer,
} from '@/lib/gateway/testing/route-callers/route-caller.ts'
import { anthropicCallers, rerankCallers } from '@/lib/gateway/testing/route-callers/text-callers.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

interface Pair {
  readonly callers: RouteCallers
  start(): Promise<RouteServer>
  service(url: string): UpstreamServiceSnapshot
}

const openAiService = (url: string) => makeProviderService(`${url}/v1`)
const claudeService = (url: string) => makeProviderService(url, { provider: 'claude', protocol: 'native' })
const modelStudioService = (url: string) =>
  makeProviderService(url, { provider: 'model-studio', protocol: 'native' })
const addressService = (url: string, id = 'svc_model'): UpstreamServiceSnapshot => {
  const addresses = [{ host: '127.0.0.1', port: Number(new URL(url).port), weight: 1 }]
  return {
    ...makeProviderService(url, {}, { id, name: id }),
    upstream: makeAddresses({ type: 'fixed', addresses }),
  }
}

async function startModels(): Promise<RouteServer> {
  const { url, requests: calls, close } = await createModelServer({ paceMs: 0, apiKey: 'token-abc123' })
  return { url, calls, close }
}

const models = (callers: RouteCallers, service = openAiService): Pair => ({
  callers,
  start: startModels,
  service,
})
const made = (callers: RouteCallers): Pair => ({ callers, start: startOpenAiServer, service: openAiService })
const studio = (callers: RouteCallers): Pair => ({
  callers,
  start: startModelStudioServer,
  service: modelStudioService,
})

const pairs: Readonly<Record<string, Pair>> = {
  'text openai': models(textCallers),
  'text anthropic': models(anthropicCallers, claudeService),
  'image openai': made(imageCallers),
  'image model-studio': studio(modelStudioImageCallers),
  'image comfyui': {
    callers: comfyUiCallers,
    start: () => startComfyUiServer(),
    service: addressService,
  },
  'video model-studio': studio(modelStudioVideoCallers),
  'speech openai': models(speechCallers),
  'speech model-studio': studio(modelStudioSpeechCallers),
  'embedding openai': models(embeddingCallers),
  'rerank model-studio': studio(modelStudioRerankCallers),
  'rerank vllm': models(rerankCallers),
  'others openai': made(otherCallers),
}

const every = modelApiUseCases.flatMap((useCase) =>
  protocolsOf(useCase).map((protocol) => ({ useCase, protocol })),
)

async function publish(
  useCase: ModelApiUseCase,
  protocol: ModelApiProtocol,
  services: readonly UpstreamServiceSnapshot[],
): Promise<TestGateway> {
  const targets = services.map(({ id }) => ({ serviceId: id, model: null, weight: 100 / services.length }))
  const monitoring = { recordRequest: false, recordResponse: false }
  const api = { useCase, protocol, monitoring, basePath: '/team', removeBasePath: true }
  const modelApis = [makeModelApi({ ...api, routing: { mode: 'weight', targets } })]
  return await startGateway(
    makeSnapshot({ upstreamServices: services, modelApis, trustedProxies: ['127.0.0.1/32'] }),
  )
}

/** Every row of the table, so that a new one without a caller fails. */
describe.each(every)('$useCase by $protocol', ({ useCase, protocol }) => {
  const pair = pairs[`${useCase} ${protocol}`]
  let server: RouteServer
  let gateway: TestGateway
  beforeAll(async () => {
    if (pair === undefined) throw new Error('Nobody calls APIs of this use case and protocol.')
    server = await pair.start()
    gateway = await publish(useCase, protocol, [pair.service(server.url)])
  })
  afterAll(async () => {
    await gateway?.close()
    await server?.close()
  })

  const rows = routesOf(useCase, protocol).map((route) => {
    const caller = pair?.callers[route.name]
    const methods = route.match === 'prefix' ? '*' : route.methods.join(', ')
    const title = `${methods} ${route.path}, called by ${caller?.client ?? 'nobody'}`
    return [title, route, caller] as const
  })
  test.each(rows)('%s', async (_title, route, caller) => {
    if (caller === undefined) throw new Error('Nobody calls this route.')
    const records = gateway.engine.observer.records
    records?.take({ records: 1_000, bytes: 10_000_000 })
    const before = server.calls.length
    await caller.call(`${gateway.url}/team`)
    const segments = route.path.replaceAll(/\{\w+\}/g, '[^/?]+')
    const form = new RegExp(`^${segments}${route.match === 'prefix' ? '(?:/[^?]*)?' : '/?'}(?:\\?|$)`)
    const seen = server.calls.slice(before)
    const asked = new Set(seen.filter(({ url }) => form.test(url)).map(({ method }) => method))
    if (route.match === 'exact') expect([...asked].sort()).toEqual([...route.methods].sort())
    else expect(asked.size).toBeGreaterThan(0)
    expect(JSON.stringify(seen.map(({ url, headers }) => [url, headers]))).not.toContain(callersKey)
    // What was asked is recorded under the row that it is of.
    await until(() => (records?.size ?? 0) >= seen.length, 'a record of each call')
    const facts = records?.take({ records: 1_000, bytes: 10_000_000 }).map((record) => record.facts) ?? []
    expect(facts.some((fact) => fact.route === route.path && fact.status < 400)).toBe(true)
  })
})

test('scripts at two ComfyUI servers each find their workflow and their images where they are', async () => {
  const servers = [await startComfyUiServer('a'), await startComfyUiServer('b')]
  const gateway = await publish(
    'image',
    'comfyui',
    servers.map(({ url }, index) => addressService(url, `svc_${index}`)),
  )
  const run = (address: number, index: number) =>
    makeImages(`${gateway.url}/team${index % 2 === 0 ? '' : '/api'}`, index % 3 === 0 ? 'undici' : 'ws', {
      'x-forwarded-for': `198.51.100.${address}`,
    })
  const byServer = (made: ReadonlyArray<Awaited<ReturnType<typeof run>>>) => {
    expect(made.map(({ images }) => images.length)).toEqual(made.map(() => 1))
    return ['a', 'b'].map((name) => made.filter(({ promptId }) => promptId.includes(`-${name}-`)).length)
  }
  try {
    const numbers = Array.from({ length: 12 }, (_, index) => index)
    let used = [0, 0]
    for (let from = 0; used.includes(0); from += 12) {
      const made = await Promise.all(numbers.map((index) => run(from + index, index)))
      used = byServer(made).map((count, server) => count + (used[server] ?? 0))
    }
    // What a caller made is asked for by no id at all, so that all of its clients stay together.
    expect(byServer(await Promise.all(numbers.map((index) => run(200, index)))).sort()).toEqual([0, 12])
  } finally {
    await gateway.close()
    for (const server of servers) await server.close()
  }
})

describe('what is no row of the table', () => {
  test('is a 404 that the clients understand, with what there is', async () => {
    const gateway = await publish('text', 'openai', [openAiService('http://127.0.0.1:9')])
    const client = new OpenAI({ baseURL: `${gateway.url}/team/v1`, apiKey: callersKey, maxRetries: 0 })
    const file = await toFile(Buffer.from('RIFF'), 'in.wav')
    for (const call of [
      () => client.audio.transcriptions.create({ model: 'whisper-1', file }),
      () => client.audio.translations.create({ model: 'whisper-1', file }),
      () => client.images.generate({ prompt: 'a cat' }),
      () => client.files.list(),
    ]) {
      const refused = await call().catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(OpenAI.NotFoundError)
      expect(refused).toMatchObject({ code: 'route_not_found' })
      expect(String(refused)).toContain('POST /team/v1/chat/completions')
    }
    await gateway.close()
  })

  test('is one in Anthropic’s form too', async () => {
    const gateway = await publish('text', 'anthropic', [claudeService('http://127.0.0.1:9')])
    const client = new Anthropic({ baseURL: `${gateway.url}/team`, apiKey: callersKey, maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'hello' }]
    const refused = await client.messages
      .countTokens({ model: 'talker', messages })
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Anthropic.NotFoundError)
    expect(refused).toMatchObject({ error: { type: 'error', error: { type: 'not_found_error' } } })
    await gateway.close()
  })
})
