import { expect, test } from 'vitest'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { RoutingSnapshot } from '@/lib/snapshot/model-routing-snapshot.ts'
import { buildModelList, hasModelList, routedModels } from './model-list.ts'

const known: Readonly<Record<string, readonly string[]>> = {
  qwen: ['qwen-max', 'qwen-plus'],
  gpt: ['gpt-4', 'gpt-4o', 'qwen-max'],
}
const modelsOf = (id: string) => known[id] ?? []
const to = (serviceId: string, model: string | null = null) => ({ serviceId, model })
const listed = (routing: RoutingSnapshot) => routedModels(routing, modelsOf)

test('targets offer what their services have, or what they are rewritten to, each once', () => {
  expect(listed({ mode: 'single', target: to('qwen') })).toEqual(['qwen-max', 'qwen-plus'])
  expect(listed({ mode: 'single', target: to('qwen', 'mine') })).toEqual(['mine'])
  expect(listed({ mode: 'single', target: to('addresses') })).toEqual([])
  const targets = [to('qwen'), to('gpt'), to('qwen', 'mine')]
  const all = ['qwen-max', 'qwen-plus', 'gpt-4', 'gpt-4o', 'mine']
  expect(listed({ mode: 'weight', targets: targets.map((target) => ({ ...target, weight: 1 })) })).toEqual(
    all,
  )
  const metrics = { mode: 'metrics', objective: 'least-busy', maxShare: 1, window: 10 } as const
  expect(listed({ ...metrics, targets })).toEqual(all)
  expect(
    listed({
      mode: 'intent',
      classifier: { type: 'local' },
      labels: [],
      intents: { code: to('gpt') },
      default: to('qwen', 'mine'),
    }),
  ).toEqual([...(known['gpt'] ?? []), 'mine'])
})

test('rules offer the names that they are, and of services what they take', () => {
  const rules = [
    { pattern: 'fast', target: to('gpt', 'gpt-4o') },
    { pattern: 'qwen-p*', target: to('qwen') },
    { pattern: 'gpt-*', target: to('gpt', 'gpt-4') },
    { pattern: 'o?', target: to('gpt', 'never-asked-for') },
  ]
  expect(listed({ mode: 'model-name', rules, default: null })).toEqual(['fast', 'qwen-plus', 'gpt-4'])
  expect(listed({ mode: 'model-name', rules, default: to('qwen') })).toEqual([
    ...['fast', 'qwen-plus', 'gpt-4', 'qwen-max'],
  ])
})

function listOf(protocol: ModelApiSnapshot['protocol'], service: string) {
  const routing = { mode: 'single', target: to(service) } as const
  const list = buildModelList({ name: 'chat', protocol, routing }, modelsOf)
  return list && JSON.parse(list.toString())
}

test('the list has the form of the protocol', () => {
  expect(listOf('openai', 'qwen')).toEqual({
    object: 'list',
    data: ['qwen-max', 'qwen-plus'].map((id) => ({ id, object: 'model', created: 0, owned_by: 'chat' })),
  })
  const created = { created_at: '1970-01-01T00:00:00Z' }
  expect(listOf('anthropic', 'qwen')).toEqual({
    data: ['qwen-max', 'qwen-plus'].map((id) => ({ type: 'model', id, display_name: id, ...created })),
    ...{ has_more: false, first_id: 'qwen-max', last_id: 'qwen-plus' },
  })
  expect(listOf('anthropic', 'addresses')).toMatchObject({ data: [], first_id: null, last_id: null })
})

test('an API that relays the route, or whose protocol has none, has no list of its own', () => {
  expect(hasModelList({ useCase: 'text', protocol: 'openai' })).toBe(true)
  expect(hasModelList({ useCase: 'text', protocol: 'anthropic' })).toBe(true)
  expect(hasModelList({ useCase: 'embedding', protocol: 'openai' })).toBe(true)
  expect(hasModelList({ useCase: 'others', protocol: 'openai' })).toBe(false)
  expect(hasModelList({ useCase: 'image', protocol: 'comfyui' })).toBe(false)
})
