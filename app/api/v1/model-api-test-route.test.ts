import { expect, test } from 'vitest'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
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

const to = (serviceId: string, model: string | null = null) => ({ serviceId, model })

describeOnBothDatabases('where a sample request would go', (open) => {
  closeTestConsoles()
  const ask = (body: object, token?: string) =>
    call(testRoute.POST, 'POST', { params, body, ...(token !== undefined && { token }) })
  const drafted = async (routing: object, sample: object = {}) => {
    const answer = await ask({ draft: { gatewayId: 'shared', routing }, ...sample })
    expect(answer.status, answer.text).toBe(200)
    return answer.json
  }
  const start = async () => {
    await startWithWorkspaces(await open())
    const [one, two] = [
      await made(onServices.post(aiService({}, 'one'))),
      await made(onServices.post(aiService({}, 'two'))),
    ]
    return { one: one.id as string, two: two.id as string }
  }

  test('by model name: the rule that takes it, the default, or nowhere', async () => {
    const { one, two } = await start()
    const rules = [
      { pattern: 'qwen-*', target: to(one) },
      { pattern: 'gpt-?', target: to(two, 'rewritten') },
      { pattern: 'qwen-max', target: to(two) },
    ]
    const routing = { mode: 'model-name', rules, default: to(two, 'otherwise') }
    expect(await drafted(routing, { model: 'qwen-max' })).toEqual({
      targets: [
        { path: 'routing.rules.0.target', service: { id: one, name: 'one' }, model: 'qwen-max', share: null },
      ],
      reason: { mode: 'model-name', rule: 0, pattern: 'qwen-*' },
      warnings: [expect.objectContaining({ path: 'routing.rules.2.pattern', code: 'rule_unreachable' })],
    })
    expect(await drafted(routing, { model: 'gpt-4' })).toMatchObject({
      targets: [{ path: 'routing.rules.1.target', service: { name: 'two' }, model: 'rewritten' }],
      reason: { rule: 1, pattern: 'gpt-?' },
    })
    for (const sample of [{ model: 'gpt-4o' }, {}]) {
      expect(await drafted(routing, sample)).toMatchObject({
        targets: [{ path: 'routing.default', model: 'otherwise' }],
        reason: { rule: null, pattern: null },
      })
    }
    expect(await drafted({ ...routing, default: null }, { model: 'gpt-4o' })).toMatchObject({
      targets: [],
      reason: { rule: null },
    })
  })

  test('by proportion and by metrics: all that may get it', async () => {
    const { one, two } = await start()
    const weighted = [
      { ...to(one), weight: 70 },
      { ...to(two, 'x'), weight: 30 },
    ]
    expect(await drafted({ mode: 'weight', targets: weighted }, { model: 'm' })).toMatchObject({
      targets: [
        { path: 'routing.targets.0', model: 'm', share: 70 },
        { path: 'routing.targets.1', model: 'x', share: 30 },
      ],
      reason: { mode: 'weight' },
    })
    expect(await drafted({ mode: 'metrics', targets: [to(one), to(two)] })).toMatchObject({
      targets: [
        { service: { name: 'one' }, model: null, share: null },
        { service: { name: 'two' }, model: null, share: null },
      ],
      reason: { mode: 'metrics', objective: 'least-busy' },
    })
  })

  test('by intent: what the classifier reads, and what spoke for it', async () => {
    const { one, two } = await start()
    const routing = { mode: 'intent', intents: { translation: to(one, 'translator') }, default: to(two) }
    const prompt = '请把下面这句话翻译成英文：今天天气很好，我们去公园散步吧。'
    const found = await drafted(routing, { prompt })
    expect(found).toMatchObject({
      targets: [{ path: 'routing.intents.translation', model: 'translator' }],
      reason: { mode: 'intent', intent: 'translation', likeliest: 'translation', isDefault: false },
    })
    expect(found.reason.confidence).toBeGreaterThan(0.5)
    expect(found.reason.reasons[0].contribution).toBeGreaterThan(0)
    const code = 'Fix this Python function, it raises a TypeError: def add(a, b): return a + str(b)'
    expect(await drafted(routing, { prompt: code })).toMatchObject({
      targets: [{ path: 'routing.default' }],
      reason: { intent: 'code', isDefault: true },
    })
    expect(await drafted(routing)).toMatchObject({ reason: { intent: null, likeliest: null, reasons: [] } })
  })

  test('of a stored API, for whoever may read it', async () => {
    const { one } = await start()
    const { id } = await made(
      onModelApis.post({
        ...{ name: 'chat', gatewayId: 'shared' },
        routing: { mode: 'single', target: to(one, 'fixed') },
      }),
    )
    const viewer = await tokenOf('viewer')
    for (const modelApiId of [id, 'chat']) {
      expect((await ask({ modelApiId, model: 'any' }, viewer)).json).toMatchObject({
        targets: [{ path: 'routing.target', service: { id: one, name: 'one' }, model: 'fixed' }],
        reason: { mode: 'single' },
        warnings: [],
      })
    }
    expect((await ask({ modelApiId: 'nobody' })).status).toBe(404)
    const theirs = await call(testRoute.POST, 'POST', {
      params: { workspace: 'other' },
      body: { modelApiId: id },
    })
    expect(theirs.status).toBe(404)
  })

  test('is asked with bounded samples and services of one’s own', async () => {
    const { one } = await start()
    const foreign = await made(onServices.post(aiService({}, 'theirs'), { workspace: 'other' }))
    const draft = (serviceId: string) => ({
      gatewayId: 'shared',
      routing: { mode: 'single', target: { serviceId } },
    })
    for (const id of [foreign.id, 'svc_nobody']) {
      expect(refusals(await ask({ draft: draft(id) }))).toEqual({
        'draft.routing.target.serviceId': 'service_unknown',
      })
    }
    expect(refusals(await ask({ draft: { ...draft(one), gatewayId: 'gw_nobody' } }))).toEqual({
      'draft.gatewayId': 'gateway_unknown',
    })
    const bodies = {
      model: { draft: draft(one), model: 'm'.repeat(257) },
      prompt: { draft: draft(one), prompt: 'p'.repeat(20_001) },
      modelApiId: { draft: draft(one), modelApiId: 'chat' },
    }
    for (const [path, body] of Object.entries(bodies)) {
      const answer = await ask(body)
      expect(answer.status).toBe(422)
      expect(Object.keys(refusals(answer))).toEqual([path])
    }
    expect(Object.keys(refusals(await ask({ model: 'm' })))).toEqual(['modelApiId'])
  })
})
