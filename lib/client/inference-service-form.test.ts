import { describe, expect, test } from 'vitest'
import { createInferenceServiceInput, type InferenceService } from '@/lib/domain/inference-service.ts'
import { passiveHealthInput } from '@/lib/domain/traffic-policy.ts'
import { effectiveSpec } from './effective-spec.ts'
import { changedFields, createInputOf, updateInputOf } from './inference-service-changes.ts'
import {
  duplicateInferenceServiceForm,
  emptyInferenceServiceForm,
  inferenceServiceForm,
  inferenceServiceFormOf,
  withoutSecrets,
} from './inference-service-form.ts'
import { serviceFormPath } from './service-access-form.ts'

const service: InferenceService = {
  id: 'eas_1',
  version: 4,
  createdAt: '2026-11-21T00:00:00.000Z',
  updatedAt: '2026-11-21T00:00:00.000Z',
  name: 'qwen_7b',
  description: '',
  runtime: 'endpoint',
  gateway: { id: 'gw_shared', name: 'shared', type: 'shared' },
  vpcId: null,
  vswitchId: null,
  securityGroupId: null,
  vpcDirect: false,
  nlb: [],
  nacos: [],
  apiType: 'openai-chat',
  apiPath: null,
  model: 'Qwen2.5-7B',
  protocol: 'http',
  upstreamHttp: '1.1',
  balancing: 'round-robin',
  hashHeader: null,
  requestTimeoutMs: 60_000,
  requestsPerSecond: null,
  concurrency: null,
  retries: { attempts: 2, idempotent: false },
  passiveHealth: passiveHealthInput.parse({}),
  slowStartMs: 10_000,
  panicThreshold: 50,
  healthCheck: { path: '/health', intervalMs: 10_000, timeoutMs: 3000, unhealthyAfter: 3, healthyAfter: 1 },
  forwardAuthorization: false,
  hasUpstreamCredential: true,
  labels: { b: '2', a: '1' },
  running: true,
  status: { state: 'running', cause: null, step: null, since: '2026-11-21T00:00:00.000Z' },
  instances: [
    {
      id: 'ins_1',
      url: 'http://10.0.0.5:8000',
      weight: 1,
      health: { state: 'ready', reason: null, since: null, until: null, checkedAt: null },
    },
  ],
  traffic24h: { requests: 0, successRate: null, averageMs: null, rateLimited: 0 },
  createdBy: 'Ada',
}

const edited = (change: Partial<ReturnType<typeof inferenceServiceFormOf>>) =>
  inferenceServiceForm.parse({ ...inferenceServiceFormOf(service), ...change })

describe('the form of a new service', () => {
  const filled = {
    ...emptyInferenceServiceForm('gw_shared'),
    name: 'qwen_7b',
    instances: [{ url: 'http://10.0.0.5:8000', weight: 1 }],
  }

  test('makes what the API takes, empty inputs being nothing', () => {
    const input = createInputOf(inferenceServiceForm.parse(filled))
    expect(createInferenceServiceInput.strict().parse(input)).toEqual(input)
    expect(input).toMatchObject({ apiPath: null, model: null, hashHeader: null, upstreamCredential: null })
  })

  test('puts every complaint on its input at once', () => {
    const result = inferenceServiceForm.safeParse({
      ...filled,
      name: 'Qwen',
      apiPath: 'v1',
      hashHeader: 'a b',
      instances: [{ url: 'http://10.0.0.5:8000/v1/chat/completions', weight: 1 }],
      labels: [
        { name: 'team', value: 'a' },
        { name: 'team', value: 'b' },
        { name: 'a b', value: '' },
      ],
      healthCheck: { ...filled.healthCheck, enabled: true, timeoutMs: 20_000 },
    })
    expect(result.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'apiPath',
      'hashHeader',
      'healthCheck.timeoutMs',
      'instances.0.url',
      'labels.1.name',
      'labels.2.name',
      'name',
    ])
  })

  test('begins with what the API gives when nothing is said', () => {
    const { name, gatewayId, instances, ...rest } = createInputOf(inferenceServiceForm.parse(filled))
    expect(createInferenceServiceInput.parse({ name, gatewayId, instances })).toMatchObject(rest)
  })

  test('puts complaints about limits and resilience on their inputs', () => {
    const result = inferenceServiceForm.safeParse({
      ...filled,
      requestsPerSecond: { enabled: true, value: 0 },
      concurrency: { enabled: true, perInstance: 0, queueSize: 64, queueTimeoutMs: 0 },
      passiveHealth: { ...passiveHealthInput.parse({}), enabled: true, failures: 11, ejectMsMax: 5000 },
      retries: { attempts: 9, idempotent: false },
      panicThreshold: 101,
    })
    expect(result.error?.issues.map(({ path }) => path.join('.')).sort()).toEqual([
      'concurrency.perInstance',
      'concurrency.queueTimeoutMs',
      'panicThreshold',
      'passiveHealth.ejectMsMax',
      'passiveHealth.failures',
      'requestsPerSecond.value',
      'retries.attempts',
    ])
  })

  test('does not check what is behind a switch that is off', () => {
    const off = {
      ...filled,
      requestsPerSecond: { enabled: false, value: 0 } as const,
      concurrency: { enabled: false, perInstance: null } as const,
      passiveHealth: { enabled: false, failures: 200 } as const,
    }
    expect(inferenceServiceForm.parse(off)).toMatchObject({
      requestsPerSecond: null,
      concurrency: null,
      passiveHealth: null,
    })
  })

  test('does not check the numbers of a health check that is off', () => {
    const off = { ...filled, healthCheck: { enabled: false, intervalMs: 1, timeoutMs: 99_999 } as const }
    expect(inferenceServiceForm.parse(off).healthCheck).toBeNull()
  })
})

describe('an update', () => {
  test('of nothing is nothing', () => {
    expect(updateInputOf(service, edited({}))).toBeNull()
  })

  test('sends only what changed and the version it was based on', () => {
    expect(updateInputOf(service, edited({ model: '', requestTimeoutMs: 90_000 }))).toEqual({
      model: null,
      requestTimeoutMs: 90_000,
      version: 4,
    })
  })

  test('keeps the identity of instances', () => {
    const instances = [
      ...inferenceServiceFormOf(service).instances,
      { url: 'http://10.0.0.6:8000', weight: 2 },
    ]
    expect(updateInputOf(service, edited({ instances }))?.instances).toEqual([
      { id: 'ins_1', url: 'http://10.0.0.5:8000', weight: 1 },
      { url: 'http://10.0.0.6:8000', weight: 2 },
    ])
  })

  test('leaves a saved credential alone unless it is replaced or removed', () => {
    expect(updateInputOf(service, edited({ upstreamCredential: 'Bearer new' }))).toEqual({
      upstreamCredential: 'Bearer new',
      version: 4,
    })
    expect(updateInputOf(service, edited({ removeCredential: true }))).toEqual({
      upstreamCredential: null,
      version: 4,
    })
    const bare = { ...service, hasUpstreamCredential: false }
    expect(updateInputOf(bare, edited({ removeCredential: true }))).toBeNull()
  })

  test('takes labels in another order for the same labels', () => {
    const labels = [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]
    expect(changedFields(service, edited({ labels }))).toEqual([])
    expect(changedFields(service, edited({ labels: labels.slice(1) }))).toEqual(['labels'])
  })

  test('sends a limit as a number and its absence as null', () => {
    const limited = edited({ requestsPerSecond: { enabled: true, value: 50 } })
    expect(updateInputOf(service, limited)).toEqual({ requestsPerSecond: 50, version: 4 })
    const was = { ...service, requestsPerSecond: 50 }
    expect(updateInputOf(was, edited({}))).toEqual({ requestsPerSecond: null, version: 4 })
    expect(updateInputOf(was, limited)).toBeNull()
  })

  test('sends a group of settings whole', () => {
    const concurrency = { enabled: true, perInstance: 4, queueSize: 0, queueTimeoutMs: 500 } as const
    const { enabled: _, ...sent } = concurrency
    expect(updateInputOf(service, edited({ concurrency }))).toEqual({ concurrency: sent, version: 4 })
    const on = { connect: true, timeout: false, serverError: true }
    const passiveHealth = { ...passiveHealthInput.parse({ on }), enabled: true } as const
    expect(updateInputOf(service, edited({ passiveHealth }))?.passiveHealth).toEqual(
      passiveHealthInput.parse({ on }),
    )
  })

  test('switching checks off is a change', () => {
    const off = { healthCheck: { enabled: false as const } }
    expect(updateInputOf(service, edited(off))).toEqual({ healthCheck: null, version: 4 })
  })
})

test('a duplicate has neither the name nor the instances’ identities', () => {
  expect(duplicateInferenceServiceForm(service)).toMatchObject({
    name: '',
    model: 'Qwen2.5-7B',
    instances: [{ url: 'http://10.0.0.5:8000', weight: 1 }],
  })
  expect(duplicateInferenceServiceForm(service).instances[0]).not.toHaveProperty('id')
})

test('the effective configuration holds no health, no identity and no secret', () => {
  expect(Object.keys(effectiveSpec(service))).not.toContain('upstreamCredential')
  expect(effectiveSpec(service).instances).toEqual([{ url: 'http://10.0.0.5:8000', weight: 1 }])
})

describe('the network of a service', () => {
  const stored = {
    ...service,
    vpcId: 'vpc_1',
    vswitchId: 'vsw_1',
    securityGroupId: 'sg_1',
    vpcDirect: true,
    nlb: [{ port: 8107, side: 'vpc' as const }],
    nacos: [
      {
        id: 'nac_1',
        servers: ['http://a:8848', 'http://b:8848'],
        namespace: '',
        group: 'DEFAULT_GROUP',
        serviceName: null,
        username: 'nacos',
        hasPassword: true,
      },
    ],
  }
  const form = inferenceServiceFormOf(stored)
  const row = { ...registrationOf(form), id: 'nac_1' }
  const save = (change: Partial<typeof form>) =>
    updateInputOf(stored, inferenceServiceForm.parse({ ...form, ...change }))
  const nacosWith = (change: object) => ({
    nacos: { enabled: true as const, registrations: [{ ...row, ...change }] },
  })

  function registrationOf({ nacos }: typeof form) {
    if (!nacos.enabled || nacos.registrations[0] === undefined) throw new Error('No registration.')
    return nacos.registrations[0]
  }

  test('survives an update of something else', () => {
    expect(save({})).toBeNull()
    expect(save({ description: 'x' })).toEqual({ description: 'x', version: 4 })
    expect(save({ vswitchId: '' })).toEqual({ vswitchId: null, version: 4 })
  })

  test('keeps a Nacos password unless it is replaced or removed', () => {
    expect(save(nacosWith({ group: 'OTHER' }))?.nacos).toEqual([
      {
        id: 'nac_1',
        servers: ['http://a:8848', 'http://b:8848'],
        namespace: '',
        group: 'OTHER',
        serviceName: null,
        username: 'nacos',
      },
    ])
    expect(save(nacosWith({ password: 'new' }))?.nacos).toMatchObject([{ id: 'nac_1', password: 'new' }])
    expect(save(nacosWith({ removePassword: true }))?.nacos).toMatchObject([{ password: null }])
  })

  test('takes servers a line or between commas, and complains at their field', () => {
    const servers = 'http://a:8848/, http://c:8848\n\n'
    expect(save(nacosWith({ servers }))?.nacos?.[0]?.servers).toEqual(['http://a:8848', 'http://c:8848'])
    const paths = (change: object) =>
      inferenceServiceForm
        .safeParse({ ...form, ...nacosWith(change) })
        .error?.issues.map(({ path }) => path.join('.'))
    expect(paths({ servers: '' })).toEqual(['nacos.registrations.0.servers'])
    expect(paths({ servers: 'nacos.internal' })).toEqual(['nacos.registrations.0.servers'])
    expect(serviceFormPath('nacos.0.servers.1')).toBe('nacos.registrations.0.servers')
    expect(serviceFormPath('nlb.1.port')).toBe('nlb.listeners.1.port')
  })

  test('ways that are switched off are not checked and not sent', () => {
    const off = save({
      vpcDirect: false,
      nlb: { enabled: false, listeners: [{ port: 0 }] },
      nacos: { enabled: false },
    })
    expect(off).toEqual({ vpcDirect: false, nlb: [], nacos: [], version: 4 })
  })

  test('names what a way past the gateway misses', () => {
    const result = inferenceServiceForm.safeParse({ ...form, vpcId: '', vswitchId: '', securityGroupId: '' })
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual(['vpcId', 'securityGroupId'])
  })

  test('a copy asks for ports of its own and takes no password along; a draft holds none', () => {
    const copy = duplicateInferenceServiceForm(stored)
    expect(copy.nlb).toEqual({ enabled: true, listeners: [{ port: null, side: 'vpc' }] })
    expect(registrationOf(copy)).toMatchObject({ hasPassword: false, password: '' })
    expect(registrationOf(copy)).not.toHaveProperty('id')
    const typed = { ...form, ...nacosWith({ password: 'typed-secret' }), upstreamCredential: 'typed-secret' }
    expect(JSON.stringify(withoutSecrets(typed))).not.toContain('typed-secret')
  })
})
