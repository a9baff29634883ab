import { expect, test } from 'vitest'
import { noPlugins } from '@/lib/domain/model-plugins.ts'
import { modelRouting } from '@/lib/domain/model-routing.ts'
import { knownModels, sampleCall, sampleModel } from './model-api-call.ts'

const services = [
  { id: 'svc_qwen', models: ['qwen-max', 'qwen-long'] },
  { id: 'svc_plain', models: [] },
]

function modelFor(routing: unknown): string {
  return sampleModel(modelRouting.parse(routing), services)
}

test('a service that gets the caller’s model is asked for one that it has', () => {
  expect(modelFor({ mode: 'single', target: { serviceId: 'svc_qwen' } })).toBe('qwen-max')
})

test('where every model is rewritten the name of the rewritten one is shown', () => {
  expect(modelFor({ mode: 'single', target: { serviceId: 'svc_plain', model: 'llama' } })).toBe('llama')
})

test('a service without a list is asked for any', () => {
  expect(modelFor({ mode: 'single', target: { serviceId: 'svc_plain' } })).toBe('default')
})

test('a model of a rule is one that this rule takes', () => {
  const rule = (pattern: string, serviceId: string) => ({ pattern, target: { serviceId } })
  expect(modelFor({ mode: 'model-name', rules: [rule('qwen-l*', 'svc_qwen')] })).toBe('qwen-long')
  expect(modelFor({ mode: 'model-name', rules: [rule('gpt-4?', 'svc_plain')] })).toBe('gpt-41')
  const known = [rule('gpt-*', 'svc_plain'), rule('qwen-*', 'svc_qwen')]
  expect(modelFor({ mode: 'model-name', rules: known })).toBe('qwen-max')
  const byDefault = { serviceId: 'svc_qwen' }
  expect(modelFor({ mode: 'model-name', rules: [rule('gpt-*', 'svc_plain')], default: byDefault })).toBe(
    'qwen-max',
  )
  const rules = [rule('*', 'svc_plain'), rule('qwen-*', 'svc_qwen')]
  expect(modelFor({ mode: 'model-name', rules })).toBe('default')
})

test('the chat route is shown, and nothing where the API has no address', () => {
  const routing = modelRouting.parse({ mode: 'single', target: { serviceId: 'svc_qwen' } })
  const addresses = [
    { path: '/v1/embeddings', url: 'http://gw/v1/embeddings' },
    { path: '/v1/chat/completions', url: 'http://gw/v1/chat/completions' },
  ]
  const plugins = noPlugins
  const expected = {
    apiType: 'openai-chat',
    url: 'http://gw/v1/chat/completions',
    body: { model: 'qwen-max', messages: [{ role: 'user', content: 'hello!' }] },
    needsKey: false,
  }
  expect(sampleCall({ routing, addresses, plugins }, services)).toEqual(expected)
  expect(sampleCall({ routing, addresses: [], plugins }, services)).toBeNull()
  const guarded = { ...plugins, authorization: { enabled: true } }
  expect(sampleCall({ routing, addresses, plugins: guarded }, services)).toEqual({
    ...expected,
    needsKey: true,
  })
})

test('offers every model that is routed by name or known to a service', () => {
  const target = { serviceId: 'svc_a', model: null }
  const rules = [
    { pattern: 'qwen-max', target: { ...target, model: 'qwen3-max' } },
    { pattern: 'qwen-*', target },
  ]
  const known = [{ id: 'svc_a', models: ['qwen-8b', 'bge-m3'] }]
  expect(knownModels({ mode: 'model-name', rules, default: null }, known)).toEqual([
    'qwen-max',
    'qwen3-max',
    'qwen-8b',
    'bge-m3',
  ])
})
