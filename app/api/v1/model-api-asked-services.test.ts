import { afterEach, expect, test } from 'vitest'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import {
  completion,
  type ProviderScript,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  made,
  onModelApis,
  onServices,
  params,
  refusals,
  startWithWorkspaces,
  tokenOf,
} from './testing/ai-gateway.ts'
import * as testRoute from './workspaces/[workspace]/model-apis/test-route/route.ts'

const closers: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const to = (serviceId: string, model: string | null = null) => ({ serviceId, model })
const endpoint = (serviceId: string) => ({
  ...{ serviceId, model: null, categories: [{ name: 'violence', threshold: 0.5 }] },
  ...{ timeoutMs: 2_000, onFailure: 'block' },
})
const byModel = (serviceId: string, other: string) => ({
  mode: 'intent',
  classifier: { type: 'model', serviceId, model: 'tiny', timeoutMs: 10_000 },
  labels: [{ name: 'legal', title: 'Law', description: 'Contracts' }, { name: 'other' }],
  intents: { legal: to(other, 'lawyer') },
  default: to(other),
})

describeOnBothDatabases('services that a Model API asks itself', (open) => {
  closeTestConsoles()
  const start = async () => {
    await startWithWorkspaces(await open())
    const make = async (name: string): Promise<string> =>
      (await made(onServices.post(aiService({}, name)))).id
    return { answers: await make('answers'), judge: await make('judge'), tiny: await make('tiny') }
  }

  test('are kept, may not be deleted meanwhile, and are named where they are none', async () => {
    const { answers, judge, tiny } = await start()
    const routing = byModel(tiny, answers)
    const moderation = { enabled: true, endpoint: endpoint(judge) }
    const api = await made(
      onModelApis.post({ name: 'chat', gatewayId: 'shared', routing, plugins: { moderation } }),
    )
    expect(api.routing).toMatchObject({
      classifier: routing.classifier,
      labels: [{ title: 'Law' }, { title: null }],
    })
    expect(api.plugins.moderation).toMatchObject({ rules: [], endpoint: endpoint(judge) })
    for (const id of [judge, tiny]) {
      expect((await onServices.get(id)).json.usedBy).toMatchObject([{ name: 'chat' }])
      expect((await onServices.remove(id)).status).toBe(409)
    }
    const change = {
      version: api.version,
      plugins: { moderation: { ...moderation, endpoint: endpoint('svc_no') } },
    }
    expect(refusals(await onModelApis.patch(api.id, change))).toEqual({
      'plugins.moderation.endpoint.serviceId': 'service_unknown',
    })
    const other = { version: api.version, routing: byModel('svc_no', answers) }
    expect(refusals(await onModelApis.patch(api.id, other))).toEqual({
      'routing.classifier.serviceId': 'service_unknown',
    })
    const without = {
      version: api.version,
      routing: { mode: 'single', target: to(answers) },
      plugins: { moderation: {} },
    }
    expect((await onModelApis.patch(api.id, without)).status).toBe(200)
    expect((await onServices.remove(tiny)).status).toBe(204)
  })

  test('of intents have names of their own with a model alone, each once', async () => {
    const { answers, tiny } = await start()
    const routing = byModel(tiny, answers)
    const refused = async (change: object) => {
      const body = { name: 'chat', gatewayId: 'shared', routing: { ...routing, ...change } }
      return Object.keys(refusals(await onModelApis.post(body)))
    }
    expect(await refused({ labels: [{ name: 'other' }] })).toEqual(['routing.intents.legal'])
    expect(await refused({ labels: [...routing.labels, { name: 'other' }] })).toEqual([
      'routing.labels.2.name',
    ])
    expect(await refused({ classifier: { type: 'local' }, labels: [] })).toEqual(['routing.intents.legal'])
    expect(await refused({ classifier: { ...routing.classifier, timeoutMs: 10 } })).toEqual([
      'routing.classifier.timeoutMs',
    ])
  })

  test('tell what a sample is about, for those who may call', async () => {
    const { answers } = await start()
    const says =
      (text: string): ProviderScript =>
      (_call, response) =>
        sendJson(response, completion(text))
    const server = await startProvider(says('legal'))
    closers.push(server.close)
    const { id } = await made(onServices.post(aiService({ baseUrl: `${server.url}/v1` }, 'near')))
    const body = { draft: { gatewayId: 'shared', routing: byModel(id, answers) }, prompt: 'May I keep it?' }
    const ask = () => call(testRoute.POST, 'POST', { params, body })
    const found = await ask()
    expect(found.status, found.text).toBe(200)
    expect(found.json).toMatchObject({
      targets: [{ path: 'routing.intents.legal', model: 'lawyer' }],
      reason: { classifier: 'model', intent: 'legal', problem: null, isDefault: false },
    })
    server.script = says('I cannot tell.')
    expect((await ask()).json.reason).toMatchObject({
      intent: null,
      problem: 'classifier_unclear',
      isDefault: true,
    })
    const token = await tokenOf('viewer')
    expect((await call(testRoute.POST, 'POST', { params, body, token })).status).toBe(403)
  })
})
