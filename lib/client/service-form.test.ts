import { describe, expect, test } from 'vitest'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { createServiceOf, updateServiceOf } from './service-form-input.ts'
import { serviceFieldPath, serviceFormSchema } from './service-form-schema.ts'
import {
  emptyKey,
  emptyServiceForm,
  type ServiceFormValues,
  serviceFormOf,
  splitAddresses,
} from './service-form-values.ts'
import { manifests } from './testing/manifests.ts'

const schema = serviceFormSchema({ manifests, locale: 'en', error: () => 'Not accepted.' })

function ai(values: Partial<ServiceFormValues> = {}): ServiceFormValues {
  return {
    ...emptyServiceForm('ai', 'gw_shared'),
    name: 'chat',
    provider: 'plain',
    baseUrl: 'https://eu.plain.example/v1',
    options: { region: 'eu' },
    keys: [{ ...emptyKey(), fields: { key: ' pl-abcdef ' } }],
    ...values,
  }
}

function complaints(values: ServiceFormValues): Record<string, string> {
  const parsed = schema.safeParse(values)
  return Object.fromEntries(
    (parsed.error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]),
  )
}

describe('an AI service', () => {
  test('leaves out the provider’s own address and trims keys', () => {
    expect(complaints(ai())).toEqual({})
    expect(createServiceOf(ai(), manifests)).toMatchObject({
      source: 'ai',
      ai: {
        provider: 'plain',
        protocol: 'openai',
        apiKeys: [{ value: 'pl-abcdef', label: '' }],
        keyFailover: null,
        options: { region: 'eu' },
      },
    })
    expect(createServiceOf(ai(), manifests)).not.toHaveProperty('ai.baseUrl')
    const own = createServiceOf(ai({ baseUrl: 'https://proxy.example/v1' }), manifests)
    expect(own).toHaveProperty('ai.baseUrl', 'https://proxy.example/v1')
  })

  test('says what is missing, each on its field', () => {
    const empty = ai({ name: '', baseUrl: '', options: { region: 'EU!' }, keys: [emptyKey()] })
    expect(complaints(empty)).toMatchObject({
      name: expect.stringContaining('Start with a letter'),
      'options.region': 'Write a region.',
      'keys.0.fields.key': 'Write a key.',
    })
    expect(complaints(ai({ provider: '' }))).toHaveProperty('provider')
    expect(complaints(ai({ requestTimeoutMs: null }))).toHaveProperty('requestTimeoutMs')
  })

  test('writes a key of several fields as an object, the optional ones only when filled', () => {
    const pair = (fields: Record<string, string>) =>
      ai({ provider: 'pair', baseUrl: '', options: { mode: 'pair' }, keys: [{ ...emptyKey(), fields }] })
    const input = createServiceOf(pair({ id: 'a', secret: 'b' }), manifests)
    expect(input).toHaveProperty('ai.apiKeys', [{ label: '', value: '{"id":"a","secret":"b"}' }])
    expect(complaints(pair({ id: 'a' }))).toEqual({ 'keys.0.fields.secret': 'Write a key.' })
  })

  test('refuses a document that is none', () => {
    const document = ai({
      provider: 'pair',
      baseUrl: '',
      protocol: 'native',
      options: { mode: 'single' },
      keys: [{ ...emptyKey(), fields: { document: '{"project_id":' } }],
    })
    expect(complaints(document)).toEqual({ 'keys.0.fields.document': 'This is not a JSON document.' })
  })

  test('sends neither address nor keys where both are automatic', () => {
    const automatic = ai({
      provider: 'automatic',
      baseUrl: 'https://left.over',
      options: { service: 'eas_1' },
    })
    expect(complaints(automatic)).toEqual({})
    const input = createServiceOf(automatic, manifests)
    expect(input).toMatchObject({ ai: { apiKeys: [], options: { service: 'eas_1' } } })
    expect(input).not.toHaveProperty('ai.baseUrl')
  })

  test('has failover only with two keys', () => {
    const failover = { enabled: true, failures: 5, retryMs: 1000 }
    expect(createServiceOf(ai({ failover }), manifests)).toHaveProperty('ai.keyFailover', null)
    const keys = [...ai().keys, { ...emptyKey(), fields: { key: 'pl-2' } }]
    expect(createServiceOf(ai({ failover, keys }), manifests)).toHaveProperty('ai.keyFailover', {
      failures: 5,
      retryMs: 1000,
    })
  })
})

describe('addresses', () => {
  const fixed = (addresses: string, weights: ServiceFormValues['weights'] = []) => ({
    ...emptyServiceForm('fixed', 'gw_shared'),
    name: 'pool',
    addresses,
    weights,
  })

  test('are taken apart at commas, spaces and lines', () => {
    expect(splitAddresses(' a:1, b:2\nc:3；d:4 ,')).toEqual(['a:1', 'b:2', 'c:3', 'd:4'])
    expect(splitAddresses(' ')).toEqual([])
  })

  test('carry their weights', () => {
    const values = fixed('10.0.0.1:80 10.0.0.2:80', [{ address: '10.0.0.2:80', weight: 3 }])
    expect(createServiceOf(values, manifests)).toHaveProperty('fixed.addresses', [
      { address: '10.0.0.1:80', weight: 1 },
      { address: '10.0.0.2:80', weight: 3 },
    ])
  })

  test('of the wrong source are refused on the one field that they share', () => {
    expect(complaints(fixed('chat.internal:80'))).toEqual({
      addresses: 'chat.internal is a name. Use the source DNS name for it.',
    })
    expect(complaints(fixed(''))).toEqual({ addresses: 'Give at least one address.' })
  })
})

describe('a stored service', () => {
  const stored: UpstreamService = {
    id: 'svc_1',
    version: 4,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    name: 'chat',
    description: 'For chat',
    gateway: { id: 'gw_shared', name: 'shared', type: 'shared' },
    source: 'ai',
    requestTimeoutMs: 30_000,
    config: {
      provider: 'plain',
      protocol: 'native',
      baseUrl: 'https://us.plain.example',
      options: { region: 'us' },
      keyFailover: { failures: 2, retryMs: 5000 },
      models: ['plain-1'],
    },
    provider: { id: 'plain', name: { en: 'Plain', 'zh-CN': '平常' }, monogram: 'PL' },
    address: 'https://us.plain.example',
    formats: ['plain'],
    models: ['plain-1'],
    keys: ['key_1', 'key_2'].map((id) => ({
      id,
      label: id,
      hint: 'wxyz',
      createdAt: '2026-01-01T00:00:00.000Z',
      state: 'ready',
      reason: null,
      since: null,
      until: null,
    })),
    nodes: [],
    health: { state: 'healthy', reason: null, checkedAt: null },
    warnings: [],
    usedBy: [],
  }

  test('comes back as it was, keys by their ids alone', () => {
    const values = serviceFormOf(stored)
    expect(complaints(values)).toEqual({})
    expect(updateServiceOf(values, manifests, stored.version)).toEqual({
      version: 4,
      description: 'For chat',
      requestTimeoutMs: 30_000,
      ai: {
        provider: 'plain',
        protocol: 'native',
        apiKeys: [
          { id: 'key_1', label: 'key_1' },
          { id: 'key_2', label: 'key_2' },
        ],
        keyFailover: { failures: 2, retryMs: 5000 },
        models: ['plain-1'],
        options: { region: 'us' },
      },
    })
  })

  test('names its fields as the form does', () => {
    const values = serviceFormOf(stored)
    const at = (path: string) => serviceFieldPath(path, values, manifests)
    expect(at('ai.apiKeys.1.value')).toBe('keys.1.fields.key')
    expect(at('ai.apiKeys')).toBe('keys')
    expect(at('ai.keyFailover.failures')).toBe('failover.failures')
    expect(at('ai.options.region')).toBe('options.region')
    expect(at('fixed.addresses.3.address')).toBe('addresses')
    expect(at('kubernetes.sourceId')).toBe('discovery.sourceId')
    expect(at('dns.tls.serverName')).toBe('tls.serverName')
    expect(at('requestTimeoutMs')).toBe('requestTimeoutMs')
  })
})
