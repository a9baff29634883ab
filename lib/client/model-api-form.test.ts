import { describe, expect, test } from 'vitest'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { type ModelRouting, modelRouting, noFallback } from '@/lib/domain/model-routing.ts'
import { changedSettings, createModelApiOf, settingsOf } from './model-api-form-output.ts'
import { modelApiFieldPath, modelApiFormSchema } from './model-api-form-schema.ts'
import { emptyModelApiForm, type ModelApiFormValues, modelApiFormOf } from './model-api-form-values.ts'
import { emptyIntents, emptyOwnIntent } from './model-api-intents.ts'
import { onGateway } from './on-gateway.ts'

const target = (serviceId: string, model: string | null = null) => ({ serviceId, model })

const routings: ModelRouting[] = [
  { mode: 'single', target: target('svc_a', 'qwen-max') },
  {
    mode: 'model-name',
    rules: [
      { pattern: 'qwen-*', target: target('svc_a') },
      { pattern: 'gpt-4?', target: target('svc_b', 'gpt-4o') },
    ],
    default: null,
  },
  {
    mode: 'model-name',
    rules: [{ pattern: 'qwen-*', target: target('svc_a') }],
    default: target('svc_b'),
  },
  {
    mode: 'weight',
    targets: [
      { ...target('svc_a'), weight: 70 },
      { ...target('svc_b', 'm'), weight: 30 },
    ],
  },
  {
    mode: 'metrics',
    objective: 'least-total-latency',
    maxShare: 0.55,
    window: 50,
    targets: [target('svc_a'), target('svc_b')],
  },
  {
    mode: 'intent',
    classifier: { type: 'local' },
    labels: [{ name: 'fast', title: 'Small talk', description: '' }],
    intents: { code: target('svc_a'), fast: target('svc_b', 'mini') },
    default: target('svc_b'),
  },
  {
    mode: 'intent',
    classifier: { type: 'model', serviceId: 'svc_a', model: 'tiny', timeoutMs: 300 },
    labels: [
      { name: 'orders', title: 'Orders', description: 'About orders.' },
      { name: 'returns', title: null, description: '' },
    ],
    intents: { returns: target('svc_b') },
    default: target('svc_a'),
  },
]

function storedWith(routing: ModelRouting, more: Partial<ModelApi> = {}): ModelApi {
  const gateway = { id: 'gw_shared', name: 'shared', type: 'shared' } as const
  const stored = {
    id: 'mapi_1',
    version: 3,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    name: 'chat',
    gateway,
    useCase: 'text',
    protocol: 'openai',
    enabled: false,
    resourceGroup: 'team-a',
    monitoring: { enabled: true, recordRequest: true, recordResponse: false },
    disabledRoutes: ['completions'],
    domainIds: ['dom_1'],
    basePath: '/team',
    removeBasePath: true,
    routing,
    fallback: noFallback,
    firstPacketTimeoutMs: 500,
    addresses: [],
  }
  return { ...stored, ...more } as ModelApi
}

function complaints(change: Partial<ModelApiFormValues>): string[] {
  const schema = modelApiFormSchema(() => 'complaint')
  const parsed = schema.safeParse({ ...emptyModelApiForm('gw_shared'), name: 'chat', ...change })
  return parsed.error?.issues.map(({ path }) => path.join('.')) ?? []
}

describe('a stored API', () => {
  test.each(routings.map((routing) => [routing.mode, routing] as const))(
    'routed by %s comes back as it was',
    (_, routing) => {
      const { id, version, createdAt, updatedAt, addresses, plugins, ...stored } = storedWith(routing)
      const { gateway, useCase, protocol, ...settings } = stored
      expect(settingsOf(modelApiFormOf(storedWith(routing)))).toEqual({
        ...settings,
        routing: modelRouting.parse(routing),
      })
    },
  )

  test('keeps what it falls back to while that is off, in its order', () => {
    const fallback = {
      enabled: false,
      upstreamErrorsOnly: true,
      targets: [target('svc_b'), target('svc_a', 'x')],
    }
    const api = storedWith({ mode: 'single', target: target('svc_a') }, { fallback })
    expect(settingsOf(modelApiFormOf(api)).fallback).toEqual(fallback)
  })
})

describe('an edit', () => {
  const before = modelApiFormOf(storedWith({ mode: 'single', target: target('svc_a') }))

  test('that changes nothing changes no setting', () => {
    expect(changedSettings(settingsOf(before), settingsOf({ ...before, name: ' chat ' }))).toEqual([])
  })

  test('tells the settings that it changes, and no others', () => {
    const after = { ...before, name: 'talk', basePath: '/new', single: { serviceId: 'svc_b', model: '' } }
    expect(changedSettings(settingsOf(before), settingsOf(after))).toEqual(['name', 'basePath', 'routing'])
  })
})

test('another gateway keeps what was written, but no service of the last one', () => {
  const [, byName] = routings
  const before = modelApiFormOf(storedWith(byName ?? { mode: 'single', target: target('svc_a') }))
  const after = onGateway(before, 'gw_other')
  expect(after).toMatchObject({ gatewayId: 'gw_other', domainIds: [], basePath: '/team' })
  expect(after.rules[1]).toEqual({ pattern: 'gpt-4?', target: { serviceId: '', model: 'gpt-4o' } })
  expect(JSON.stringify(after)).not.toContain('svc_')
})

describe('complaints', () => {
  const row = (weight: number | null) => ({ serviceId: 'svc_a', model: '', weight })
  const chosen = { serviceId: 'svc_a', model: '' }

  test('stand on the fields of the way that is chosen', () => {
    expect(complaints({})).toEqual(['single.serviceId'])
    expect(complaints({ mode: 'model-name' })).toEqual([
      'rules.0.pattern',
      'rules.0.target.serviceId',
      'others.serviceId',
    ])
    expect(complaints({ mode: 'intent' })).toEqual(['intent.local', 'intent.others.serviceId'])
  })

  test('tell weights that do not sum to 100, and a weight that is missing', () => {
    expect(complaints({ mode: 'weight', weights: [row(60), row(30)] })).toEqual(['weights'])
    expect(complaints({ mode: 'weight', weights: [row(100), row(null)] })).toContain('weights.1.weight')
    expect(complaints({ mode: 'weight', weights: [row(60), row(40)] })).toEqual([])
  })

  test('tell a share and a window that are missing', () => {
    const { metrics } = emptyModelApiForm('gw_shared')
    const empty = { ...metrics, targets: [chosen, chosen], largestShare: null, window: null }
    expect(complaints({ mode: 'metrics', metrics: empty })).toEqual([
      'metrics.largestShare',
      'metrics.window',
    ])
  })

  test('leave out what is off', () => {
    const fallback = { enabled: false, upstreamErrorsOnly: false, targets: [{ serviceId: '', model: 'x' }] }
    expect(complaints({ single: chosen, fallback })).toEqual([])
    expect(complaints({ single: chosen, fallback: { ...fallback, enabled: true } })).toEqual([
      'fallback.targets.0.serviceId',
    ])
  })

  test.each([
    ['routing.targets.1.serviceId', 'metrics', 'metrics.targets.1.serviceId'],
    ['routing.default.serviceId', 'model-name', 'others.serviceId'],
    ['routing.intents.code.serviceId', 'intent', 'intent.local.code.target.serviceId'],
    ['routing.default.serviceId', 'intent', 'intent.others.serviceId'],
    ['disabledRoutes', 'single', 'disabledRoutes'],
    ['domainIds.2', 'single', 'domainIds'],
    ['basePath', 'single', 'basePath'],
  ] as const)('of the console about %s land on the field', (path, mode, field) => {
    expect(modelApiFieldPath(path, { mode, intent: emptyIntents() })).toBe(field)
  })

  test('about intents of one’s own land on their rows', () => {
    const rows = [
      { ...emptyOwnIntent(), name: 'orders' },
      { ...emptyOwnIntent(), name: 'returns' },
    ]
    const intent = { ...emptyIntents(), classifier: 'model' as const, own: rows }
    const at = (path: string) => modelApiFieldPath(path, { mode: 'intent', intent })
    expect(at('routing.labels.1.name')).toBe('intent.own.1.name')
    expect(at('routing.intents.returns.serviceId')).toBe('intent.own.1.target.serviceId')
    expect(at('routing.classifier.timeoutMs')).toBe('intent.model.timeoutMs')
    expect(at('routing.intents')).toBe('intent.own')
    expect(complaints({ mode: 'intent', intent })).toEqual([
      'intent.model.serviceId',
      'intent.model.model',
      'intent.own',
      'intent.others.serviceId',
    ])
  })
})

test('routes that were switched off for another protocol are not sent', () => {
  const form = { ...emptyModelApiForm('gw_shared'), disabledRoutes: ['messages', 'completions'] }
  expect(createModelApiOf(form).disabledRoutes).toEqual(['completions'])
  expect(createModelApiOf({ ...form, protocol: 'anthropic' }).disabledRoutes).toEqual(['messages'])
})
